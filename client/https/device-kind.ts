/** The devices that the page has steps for. */
export const DEVICE_KINDS = ['android', 'windows', 'ipad'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Guesses the device, so that its steps are there without a tap. An iPad calls itself a Mac with a touch screen. */
export function guessDevice({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): DeviceKind {
  if (/iPad|iPhone/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)) return 'ipad';
  return /Android|HarmonyOS/.test(userAgent) ? 'android' : 'windows';
}

import { PHONE_SYSTEMS, type PhoneSystem } from '../../shared/me/phones.ts';

interface Device {
  readonly system: PhoneSystem;
  readonly inWeChat: boolean;
}

/** The first match counts: an iPad calls itself a Mac with touch; HarmonyOS and Android call themselves Linux. */
const SIGNS: readonly (readonly [RegExp, PhoneSystem])[] = [
  [/iPhone|iPod/, 'iphone'],
  [/iPad/, 'ipad'],
  [/HarmonyOS|OpenHarmony|HuaweiBrowser.*Harmony/i, 'harmony'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Macintosh/, 'mac'],
  [/Linux|CrOS/, 'linux'],
];

/** The kind of a device, such as "android wechat". The rest of the browser's description is not kept. */
export function deviceOf(userAgent: string): string {
  const system = SIGNS.find(([sign]) => sign.test(userAgent))?.[1] ?? 'other';
  return userAgent.includes('MicroMessenger') ? `${system} wechat` : system;
}

export function readDevice(kept: string | null): Device {
  const [name = '', app] = (kept ?? '').split(' ');
  return { system: PHONE_SYSTEMS.find((one) => one === name) ?? 'other', inWeChat: app === 'wechat' };
}

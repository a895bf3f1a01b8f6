import type { AnswerOf } from '../../api/index.ts';
import type { OfflineLimits } from './settings-form.ts';

type Devices = AnswerOf<'outbox.devices'>['items'];

/** The most that may be gone before anybody at the desk can see it. */
export interface WorstCase {
  /** The kiosks that hand out without network. */
  readonly kiosks: number;
  /** All of them hand out no more before the network is back. */
  readonly unseenHundredths: number;
  /** One card gets no more while the copies on the kiosks still count. */
  readonly cardHundredths: number;
  readonly days: number;
}

/** Kiosks whose device signs its rows, and whose key the desk believes. */
export function kiosksThatSign(devices: Devices): number {
  return devices.filter(({ isCurrent, signs, confirmedAtMs }) => isCurrent && signs && confirmedAtMs !== null)
    .length;
}

/** The worst case of these limits; null where one of them is none yet. A village without such a kiosk is told of one. */
export function worstCase(
  { householdHundredths, kioskHundredths, copyDays }: OfflineLimits,
  signing: number,
): WorstCase | null {
  if (householdHundredths === null || kioskHundredths === null || copyDays === null) return null;
  const kiosks = Math.max(1, signing);
  const unseenHundredths = kiosks * kioskHundredths;
  // Each kiosk counts the day of a card for itself: without network none knows of the other.
  const cardHundredths = Math.min(unseenHundredths, kiosks * householdHundredths * copyDays);
  return { kiosks, unseenHundredths, cardHundredths, days: copyDays };
}

import type { StaffRole } from '../../shared/roles.ts';

/** How long a log-in lasts: ended when nobody used it for `idleMs`, and `longestMs` after it began at the latest. */
export interface Life {
  readonly idleMs: number;
  readonly longestMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Who can change people and rules does so at a desk others pass by: a morning's log-in does not reach the next. */
const ADMIN: Life = { idleMs: 12 * hourMs, longestMs: 7 * dayMs };
/** On a phone in the lanes: a week away, and once a month the password. */
const STAFF: Life = { idleMs: 7 * dayMs, longestMs: 30 * dayMs };
/** The household's own phone is remembered while it is used: old people should not need their PIN again. */
const HOUSEHOLD: Life = { idleMs: 400 * dayMs, longestMs: 10 * 365 * dayMs };
/** Who helps with another household's card is asked again from time to time whether that is still wanted. */
const HELPER: Life = { idleMs: 90 * dayMs, longestMs: 90 * dayMs };

/** Of several roles the one that can do most counts. */
export function staffLife(roles: readonly StaffRole[]): Life {
  return roles.includes('admin') ? ADMIN : STAFF;
}

export function phoneLife(helper: string | null): Life {
  return helper === null ? HOUSEHOLD : HELPER;
}

/** Until when a log-in lasts that began then and is used now. */
export function endsAtMs({ idleMs, longestMs }: Life, startedAtMs: number, nowMs: number): number {
  return Math.min(nowMs + idleMs, startedAtMs + longestMs);
}

import type { StaffRole } from '../../shared/roles.ts';

/** How long a log-in lasts. It ends when nobody used it for `idleMs`, and at the latest `longestMs` after it began. */
export interface Life {
  readonly idleMs: number;
  readonly longestMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Administrators work at a desk that others pass by, so a log-in of one morning does not last until the next. */
const ADMIN: Life = { idleMs: 12 * hourMs, longestMs: 7 * dayMs };
/** Staff carry a phone through the village: they may pause for a week, and need the password once a month. */
const STAFF: Life = { idleMs: 7 * dayMs, longestMs: 30 * dayMs };
/** The household's own phone is remembered while it is used: old people should not need their PIN again. */
const HOUSEHOLD: Life = { idleMs: 400 * dayMs, longestMs: 10 * 365 * dayMs };
/** A helper with another household's card is asked again from time to time whether the help is still wanted. */
const HELPER: Life = { idleMs: 90 * dayMs, longestMs: 90 * dayMs };

/** If somebody has several roles, the most powerful one decides. */
export function staffLife(roles: readonly StaffRole[]): Life {
  return roles.includes('admin') ? ADMIN : STAFF;
}

export function phoneLife(helper: string | null): Life {
  return helper === null ? HOUSEHOLD : HELPER;
}

/** The end of a log-in that began at `startedAtMs` and is used at `nowMs`. */
export function endsAtMs({ idleMs, longestMs }: Life, startedAtMs: number, nowMs: number): number {
  return Math.min(nowMs + idleMs, startedAtMs + longestMs);
}

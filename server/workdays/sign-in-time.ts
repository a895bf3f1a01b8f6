import type { WorkdayView } from '../../shared/workdays/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { EARLY_MINUTES } from '../../shared/workdays/states.ts';
import { minuteOfDay } from './village-clock.ts';
import { spanOf, type WorkdayRow } from './workday-row.ts';

export interface Moment {
  readonly today: string;
  readonly nowMs: number;
  readonly village: { readonly settings: { readonly timeZone: string } };
}

/** How somebody may be signed in at this moment. */
export function signInAt(row: WorkdayRow, { today, nowMs, village }: Moment): WorkdayView['signIn'] {
  if (row.state === 'cancelled') return 'over';
  if (row.state === 'closed' || today > row.day) return 'late';
  const isEarly =
    today < row.day || minuteOfDay(nowMs, village.settings.timeZone) < spanOf(row).from - EARLY_MINUTES;
  return isEarly ? 'early' : 'open';
}

/** Refuses an ordinary sign-in that comes too early or too late. */
export function refuseOutOfTime(row: WorkdayRow, at: Moment): void {
  const { day, fromClock: from } = row;
  const now = signInAt(row, at);
  if (now === 'early') throw new Refusal('workday.too_early', { day, from });
  if (now === 'late') throw new Refusal('workday.too_late');
  if (now === 'over') throw new Refusal('workday.state');
}

/** Refuses a late sign-in while an ordinary one is possible, or before anybody could come. */
export function refuseInTime(row: WorkdayRow, at: Moment): void {
  const now = signInAt(row, at);
  if (now === 'over') throw new Refusal('workday.state');
  if (now !== 'late') throw new Refusal('workday.not_late');
}

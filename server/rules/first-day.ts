import { isDeepStrictEqual } from 'node:util';
import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { GuardedAt } from '../at.ts';
import { areCapsLooser } from './guard-rule.ts';
import type { AskedFacts, RuleFields } from './rule-fields.ts';

/** A version told further ahead than this would be forgotten before it counts. */
const DAYS_AHEAD_MOST = 366;

type Village = GuardedAt['village'];

/**
 * The first day on which a version may count that is told today. It hangs for as many whole days as an award does. In a
 * village without notices it may count at once, and so does the book that a village begins with.
 */
export function firstDayOf({ openedAtMs, settings: { noticeDays } }: Village, today: string): string {
  return openedAtMs === null || noticeDays === null ? today : addDays(today, noticeDays + 1);
}

/** The day that is offered for a change: never the same one once the books are open. */
export function usualDayOf(village: Village, today: string): string {
  const first = firstDayOf(village, today);
  return village.openedAtMs === null || first > today ? first : addDays(today, 1);
}

/**
 * Whether a change may count on the day on which it is told, whatever the village's notices: a rule is switched off, its
 * caps become tighter, it is kept from the public eye, or its words change. The worth of a deed stays.
 */
export function mayCountAtOnce(was: RuleFields, is: RuleFields): boolean {
  if (!is.enabled) return true;
  const isWorthTheSame = WORTH.every((field) => isDeepStrictEqual(was[field], is[field]));
  const isShownAgain = was.isPrivate && !is.isPrivate;
  return was.enabled && isWorthTheSame && !isShownAgain && !areCapsLooser(was.caps, is.caps);
}

const WORTH = ['pointsMode', 'points', 'pointsMin', 'pointsMax', 'perUnit', 'options'] as const;

/** The first day of a version, as it is asked for or, if nothing is asked, as early as it may be. Refuses a day that is too early or too far. */
export function dayOfVersion(asked: string | undefined, first: string, today: string): string {
  if (asked === undefined) return first;
  if (asked < first || asked > addDays(today, DAYS_AHEAD_MOST)) throw new Refusal('rule.day', { first });
  return asked;
}

/** Refuses a meeting of the future. */
export function refuseWrongMeeting({ decidedOn = null }: AskedFacts, today: string): void {
  if (decidedOn !== null && decidedOn > today) throw new Refusal('rule.meeting_day');
}

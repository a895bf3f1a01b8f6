import { and, eq, ne, sql } from 'drizzle-orm';
import { added, type RowOf, type WrittenRow } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import { standingAlone, LAPSES_AFTER_DAYS } from '../../shared/deductions/states.ts';
import { Refusal } from '../../shared/errors.ts';
import { read } from '../commands/index.ts';

/** A reminder as far as it decides whether something may be deducted. */
export interface StandingReminder extends Pick<
  RowOf<'reminders'>,
  'id' | 'number' | 'dueOn' | 'deliveredOn' | 'ended'
> {
  /** The deduction that follows it, unless it was withdrawn. */
  readonly followedBy: string | null;
}

/** The reminders about a rule to a household, in the order in which they were made. */
export const remindersAbout = read<
  readonly [householdId: string, ruleId: string],
  readonly StandingReminder[]
>()({
  name: 'deductions.remindersAbout',
  over: { reminders: 'stale', deductionTerms: 'stale', proposals: 'stale' },
  rows: ({ db, t: { reminders, deductionTerms, proposals }, keys }) => {
    const follower = db
      .select({ id: proposals.id })
      .from(deductionTerms)
      .innerJoin(
        proposals,
        and(
          eq(proposals.villageId, deductionTerms.villageId),
          eq(proposals.id, deductionTerms.proposalId),
          ne(proposals.state, 'withdrawn'),
        ),
      )
      .where(
        and(eq(deductionTerms.villageId, reminders.villageId), eq(deductionTerms.reminderId, reminders.id)),
      )
      .limit(1);
    return db
      .select({
        at: keys.at,
        id: reminders.id,
        number: reminders.number,
        dueOn: reminders.dueOn,
        deliveredOn: reminders.deliveredOn,
        ended: reminders.ended,
        followedBy: sql<string | null>`(${follower})`.as('followed_by'),
      })
      .from(keys.table)
      .crossJoin(reminders)
      .where(
        and(
          eq(reminders.villageId, keys.villageId),
          eq(reminders.householdId, keys.part(0)),
          eq(reminders.ruleId, keys.part(1)),
        ),
      );
  },
  answer: (rows) =>
    rows
      .map(({ id, number, dueOn, deliveredOn, ended, followedBy }) => {
        return { id, number, dueOn, deliveredOn, ended, followedBy };
      })
      .sort((one, other) => one.number - other.number),
});

/** A deed before it is proposed. */
interface Deducting {
  readonly householdId: string;
  readonly ruleId: string | null;
  readonly kind: string;
  readonly code: string;
}

interface Reminded {
  readonly reminders: (householdId: string, ruleId: string) => readonly StandingReminder[];
  readonly nameOf: (householdId: string) => { readonly number: string } | undefined;
  readonly today: string;
}

/**
 * Gives each deduction its reminder, each reminder to one deduction alone. Refuses with deduction.no_reminder,
 * deduction.not_delivered, deduction.too_early, deduction.lapsed.
 */
export function reminderTaker({ reminders, nameOf, today }: Reminded): (deed: Deducting) => string | null {
  const taken = new Set<string>();
  return ({ householdId, ruleId, kind, code }) => {
    if (kind !== 'deduction' || ruleId === null) return null;
    const open = reminders(householdId, ruleId).filter(
      ({ id, ended, followedBy }) => ended === null && followedBy === null && !taken.has(id),
    );
    const ready = open.find((one) => standingAlone(one, today) === 'ready');
    if (!ready) throw whyNotReady(open.at(-1), { household: nameOf(householdId)?.number ?? '', code, today });
    taken.add(ready.id);
    return ready.id;
  };
}

function whyNotReady(
  last: StandingReminder | undefined,
  { today, ...at }: { readonly household: string; readonly code: string; readonly today: string },
): Refusal {
  if (!last) return new Refusal('deduction.no_reminder', at);
  const { number, dueOn } = last;
  switch (standingAlone(last, today)) {
    case 'to_deliver':
      return new Refusal('deduction.not_delivered', { ...at, number });
    case 'waits':
      return new Refusal('deduction.too_early', { ...at, day: dueOn });
    default:
      return new Refusal('deduction.lapsed', { ...at, day: addDays(dueOn, LAPSES_AFTER_DAYS) });
  }
}

/** The row that ties a proposed deduction to its reminder. */
export function termsAdded(villageId: string, proposalId: string, reminderId: string): WrittenRow {
  return added('deductionTerms', {
    ...{ villageId, proposalId, reminderId },
    ...{ toldOf: null, toldWay: null, answerUntil: null, agreedOf: null },
  });
}

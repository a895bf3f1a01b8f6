import { and, eq, inArray, sql } from 'drizzle-orm';
import { STATE_FACTS, statesThat } from '../../shared/proposals/states.ts';
import { CAP_PERIODS, type CapUse, type DeedWords, periodOf } from '../../shared/rules/caps.ts';
import { read } from '../commands/index.ts';
import { notReversed } from '../ledger/index.ts';

/** A deed that counts under the cap of its rule. */
export interface StandingDeed extends DeedWords {
  readonly id: string;
  /** Hundredths, signed. */
  readonly points: number;
  /** It is not posted yet. */
  readonly waits: boolean;
}

type Found = StandingDeed & { readonly journalNumber: number | null };

/**
 * The standing deeds of a household under a rule in a period of caps, read from the proposals themselves: those that
 * wait, and those that are posted and not reversed.
 */
export const standingDeeds = read<
  readonly [householdId: string, ruleId: string, first: string, last: string],
  readonly Found[]
>()({
  name: 'proposals.standingDeeds',
  over: {
    proposals(answers, { now: { householdId, ruleId, effectiveOn }, was }) {
      const days = new Set([effectiveOn, was?.effectiveOn ?? effectiveOn]);
      const rules = new Set([ruleId, was?.ruleId ?? ruleId]);
      for (const rule of rules) {
        if (rule === null) continue;
        for (const day of days) {
          for (const period of CAP_PERIODS) {
            const { first, last } = periodOf(day, period);
            answers.drop([householdId, rule, first, last]);
          }
        }
      }
    },
    journal(answers, { now: { reversesNumber } }) {
      if (reversesNumber === null) return;
      answers.dropWhere((deeds) => deeds.some(({ journalNumber }) => journalNumber === reversesNumber));
    },
  },
  rows: ({ db, t, keys }) => {
    const { proposals } = t;
    return db
      .select({
        at: keys.at,
        id: proposals.id,
        points: proposals.points,
        member: proposals.member,
        event: proposals.event,
        state: proposals.state,
        journalNumber: proposals.journalNumber,
      })
      .from(keys.table)
      .crossJoin(proposals)
      .where(
        and(
          eq(proposals.villageId, keys.villageOfKey),
          eq(proposals.householdId, keys.part(0)),
          eq(proposals.ruleId, keys.part(1)),
          sql`${proposals.effectiveOn} >= ${keys.part(2)}`,
          sql`${proposals.effectiveOn} <= ${keys.part(3)}`,
          inArray(proposals.state, statesThat('countsUnderCap')),
          notReversed({ db, t }, proposals),
        ),
      );
  },
  answer: (rows) =>
    rows.map(({ id, points, member, event, state, journalNumber }) => {
      return { id, points, member, event, journalNumber, waits: !STATE_FACTS[state].isPosted };
    }),
});

/** Sums up how much of a cap these deeds use, and how many of them wait. */
export function useOf(
  deeds: readonly Pick<StandingDeed, 'points' | 'waits'>[],
): CapUse & { readonly waiting: number } {
  return {
    times: deeds.length,
    points: deeds.reduce((sum, { points }) => sum + Math.abs(points), 0),
    waiting: deeds.filter(({ waits }) => waits).length,
  };
}

import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import type { CapUse, Span } from '../../shared/rules/caps.ts';
import { STATE_FACTS, statesThat } from '../../shared/proposals/states.ts';
import { notReversed } from '../ledger/index.ts';

/** A deed that counts under the cap of its rule. */
export interface StandingDeed {
  readonly id: string;
  readonly householdId: string;
  readonly ruleId: string;
  /** Hundredths, signed. */
  readonly points: number;
  readonly effectiveOn: string;
  /** It is not posted yet. */
  readonly waits: boolean;
}

/** One household under one rule, in these days. */
interface Wanted extends Span {
  readonly householdId: string;
  readonly ruleId: string;
}

const HOUSEHOLDS_A_STATEMENT = 1200;
const COUNTING = statesThat('countsUnderCap');

/**
 * The standing deeds of these households under these rules, read from the proposals themselves: those that wait, and those
 * that are posted and not reversed. A whole batch is one statement, which walks the index of rule, household and day; several
 * rules in one statement would walk the whole village. Its days are the earliest to the latest asked for of the rule, so a
 * caller still looks at the day of each deed.
 */
export async function deedsUnder(
  reader: Reader,
  villageId: string,
  wanted: readonly Wanted[],
): Promise<StandingDeed[]> {
  const found: StandingDeed[] = [];
  for (const [ruleId, some] of Map.groupBy(wanted, (one) => one.ruleId)) {
    const ids = Array.from(new Set(some.map(({ householdId }) => householdId)));
    const firsts = some.map(({ first }) => first).sort();
    const lasts = some.map(({ last }) => last).sort();
    const span = { first: firsts[0] ?? '', last: lasts.at(-1) ?? '' };
    for (const some of chunked(ids, HOUSEHOLDS_A_STATEMENT)) {
      const rows = await standing(reader, villageId, {
        ...{ ruleId, span },
        ids: some,
      });
      for (const { state, ...deed } of rows)
        found.push({ ...deed, ruleId, waits: !STATE_FACTS[state].isPosted });
    }
  }
  return found;
}

function standing(
  reader: Reader,
  villageId: string,
  { ruleId, span, ids }: { readonly ruleId: string; readonly span: Span; readonly ids: readonly string[] },
) {
  const { proposals } = reader.t;
  const { id, householdId, points, effectiveOn, state } = proposals;
  return reader.db
    .select({ id, householdId, points, effectiveOn, state })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        eq(proposals.ruleId, ruleId),
        inArray(householdId, [...ids]),
        gte(effectiveOn, span.first),
        lte(effectiveOn, span.last),
        inArray(state, COUNTING),
        notReversed(reader, proposals),
      ),
    );
}

/** Sums up how much of a cap these deeds use, and how many of them wait. */
export function useOf(deeds: readonly StandingDeed[]): CapUse & { readonly waiting: number } {
  return {
    times: deeds.length,
    points: deeds.reduce((sum, { points }) => sum + Math.abs(points), 0),
    waiting: deeds.filter(({ waits }) => waits).length,
  };
}

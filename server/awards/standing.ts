import { and, eq, gte, inArray, lte, or } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { CapUse, Span } from '../../shared/rule-caps.ts';
import { COUNTS_UNDER_CAP, PROPOSAL_STATES } from '../../shared/proposals.ts';
import { notReversed } from '../ledger/index.ts';
import { POSTED_STATE } from './transitions.ts';

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

/** A statement has one branch a rule. */
const RULES_A_STATEMENT = 100;
const COUNTING = PROPOSAL_STATES.filter((state) => COUNTS_UNDER_CAP[state]);

/**
 * The standing deeds of these households under these rules, read from the proposals themselves: those that wait, and those
 * that are posted and not reversed. One statement for a whole batch; its days are the earliest to the latest asked for of each
 * rule, so a caller still looks at the day of each deed.
 */
export async function deedsUnder(
  reader: Reader,
  villageId: string,
  wanted: readonly Wanted[],
): Promise<StandingDeed[]> {
  const { proposals } = reader.t;
  const byRule = Array.from(Map.groupBy(wanted, ({ ruleId }) => ruleId));
  const found: StandingDeed[] = [];
  for (let at = 0; at < byRule.length; at += RULES_A_STATEMENT) {
    const branches = byRule.slice(at, at + RULES_A_STATEMENT).map(([ruleId, some]) =>
      and(
        eq(proposals.villageId, villageId),
        eq(proposals.ruleId, ruleId),
        inArray(proposals.householdId, Array.from(new Set(some.map(({ householdId }) => householdId)))),
        gte(
          proposals.effectiveOn,
          some.reduce((least, { first }) => (first < least ? first : least), '9'),
        ),
        lte(
          proposals.effectiveOn,
          some.reduce((most, { last }) => (last > most ? last : most), ''),
        ),
      ),
    );
    const { id, householdId, ruleId, points, effectiveOn, state } = proposals;
    const rows = await reader.db
      .select({ id, householdId, ruleId, points, effectiveOn, state })
      .from(proposals)
      .where(
        and(
          eq(proposals.villageId, villageId),
          inArray(proposals.state, COUNTING),
          or(...branches),
          notReversed(reader, proposals),
        ),
      );
    for (const { ruleId: rule, state: now, ...deed } of rows)
      if (rule !== null) found.push({ ...deed, ruleId: rule, waits: now !== POSTED_STATE });
  }
  return found;
}

/** What these deeds use of a cap, and how many of them wait. */
export function useOf(deeds: readonly StandingDeed[]): CapUse & { readonly waiting: number } {
  return {
    times: deeds.length,
    points: deeds.reduce((sum, { points }) => sum + Math.abs(points), 0),
    waiting: deeds.filter(({ waits }) => waits).length,
  };
}

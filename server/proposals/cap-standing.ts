import type { Reader } from '../../db/store.ts';
import { type Cap, capOf, periodOf, type Span } from '../../shared/rules/caps.ts';
import { findRule } from '../rules/index.ts';
import { refuseFarDay } from './create.ts';
import { deedsUnder, useOf } from './standing-deeds.ts';

export interface StandingQuery {
  readonly ruleId: string;
  readonly effectiveOn: string;
  readonly householdIds: readonly string[];
  /** The village's business day. */
  readonly today: string;
}

interface CapStanding {
  readonly cap: (Cap & Span) | null;
  readonly items: { householdId: string; times: number; points: number; waiting: number }[];
}

/**
 * The deeds that stand for these households under the cap of a rule now. A new deed of that day would be counted with
 * them.
 */
export async function capStanding(
  reader: Reader,
  villageId: string,
  { ruleId, effectiveOn, householdIds, today }: StandingQuery,
): Promise<CapStanding> {
  const cap = capOf(await findRule(reader, villageId, ruleId));
  refuseFarDay(effectiveOn, today);
  if (cap === null) return { cap, items: [] };
  const span = periodOf(effectiveOn, cap.period);
  const wanted = householdIds.map((householdId) => ({ householdId, ruleId, ...span }));
  const byHousehold = Map.groupBy(
    await deedsUnder(reader, villageId, wanted),
    ({ householdId }) => householdId,
  );
  const items = Array.from(byHousehold, ([householdId, deeds]) => ({ householdId, ...useOf(deeds) }));
  return { cap: { ...cap, ...span }, items };
}

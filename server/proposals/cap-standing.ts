import type { Reader } from '../../db/store.ts';
import { type Cap, capOf, periodOf, type Span } from '../../shared/rules/caps.ts';
import { askNow } from '../commands/index.ts';
import { findRule } from '../rules/index.ts';
import { refuseFarDay } from './create.ts';
import { standingDeeds, useOf } from './standing-deeds.ts';

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
  const ids = Array.from(new Set(householdIds));
  const wanted = ids.map((id) => [id, ruleId, span.first, span.last] as const);
  const standing = await askNow(reader, villageId, standingDeeds.each(wanted));
  const items = ids.flatMap((householdId) => {
    const deeds = standing(householdId, ruleId, span.first, span.last);
    return deeds.length === 0 ? [] : [{ householdId, ...useOf(deeds) }];
  });
  return { cap: { ...cap, ...span }, items };
}

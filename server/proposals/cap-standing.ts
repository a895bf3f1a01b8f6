import type { Reader } from '../../db/store.ts';
import { type Cap, countsTogether, type DeedWords, periodOf, type Span } from '../../shared/rules/caps.ts';
import { askNow } from '../commands/index.ts';
import { findRule } from '../rules/index.ts';
import { refuseFarDay } from './create.ts';
import { standingDeeds, useOf } from './standing-deeds.ts';

export interface StandingQuery extends DeedWords {
  readonly ruleId: string;
  readonly effectiveOn: string;
  readonly householdIds: readonly string[];
  /** The village's business day. */
  readonly today: string;
}

interface CapStanding {
  readonly caps: (Cap & Span)[];
  /** `uses`: one for each of the caps. */
  readonly items: { householdId: string; uses: ReturnType<typeof useOf>[] }[];
}

/**
 * The deeds that stand for these households under the caps of a rule now. A new deed of that day, about that member and
 * event, would be counted with them.
 */
export async function capStanding(
  reader: Reader,
  villageId: string,
  { ruleId, effectiveOn, householdIds, today, ...words }: StandingQuery,
): Promise<CapStanding> {
  const rule = await findRule(reader, villageId, ruleId, today);
  refuseFarDay(effectiveOn, today);
  const caps = rule.caps.map((cap) => ({ ...cap, ...periodOf(effectiveOn, cap.period) }));
  const ids = Array.from(new Set(householdIds));
  const wanted = ids.flatMap((id) => caps.map(({ first, last }) => [id, ruleId, first, last] as const));
  const standing = await askNow(reader, villageId, standingDeeds.each(wanted));
  const items = ids.flatMap((householdId) => {
    const deeds = caps.map(({ scope, first, last }) =>
      standing(householdId, ruleId, first, last).filter((deed) => countsTogether(scope, deed, words)),
    );
    return deeds.some((some) => some.length > 0) ? [{ householdId, uses: deeds.map(useOf) }] : [];
  });
  return { caps, items };
}

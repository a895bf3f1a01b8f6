import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import { addDays, DAY_MS } from '../../shared/business-day.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';
import { CHANGES_TOLD_MOST, type meView, type Worth } from '../../shared/me/contract.ts';
import type { VillageContext } from '../http/index.ts';
import { type RuleChange, ruleChanges, type RuleFields } from '../rules/index.ts';

type Changes = z.input<typeof meView>['changes'];
type PriceChange = Changes['prices'][number];

/** A change stays news for so many days. */
const DAYS_TOLD = 14;

/** Tells the news of prices and rules, for the first view of a household. */
export async function tellChanges(
  reader: Reader,
  { id }: Pick<VillageContext, 'id'>,
  goods: readonly GoodsItem[],
  { nowMs, today }: { readonly nowMs: number; readonly today: string },
): Promise<Changes> {
  const prices = priceChanges(goods, today);
  const rules = await ruleChanges(reader, id, {
    ...{ today, days: DAYS_TOLD, sinceMs: nowMs - DAYS_TOLD * DAY_MS },
  });
  return {
    prices: prices.slice(0, CHANGES_TOLD_MOST),
    morePrices: Math.max(0, prices.length - CHANGES_TOLD_MOST),
    rules: rules.slice(0, CHANGES_TOLD_MOST).map(toldChange),
    moreRules: Math.max(0, rules.length - CHANGES_TOLD_MOST),
  };
}

/** Prices to come, the nearest first; then those that changed lately, the latest first. */
function priceChanges(goods: readonly GoodsItem[], today: string): PriceChange[] {
  const offered = goods.filter(({ enabled }) => enabled);
  const coming = offered.flatMap(({ id, name, price, nextPrice }) =>
    nextPrice === null
      ? []
      : [{ goodsId: id, name, from: nextPrice.from, before: price, after: nextPrice.price }],
  );
  const recent = offered.flatMap(({ id, name, price, nextPrice, formerPrice }) =>
    nextPrice !== null || formerPrice === null || formerPrice.since <= addDays(today, -DAYS_TOLD)
      ? []
      : [{ goodsId: id, name, from: formerPrice.since, before: formerPrice.price, after: price }],
  );
  return [
    ...coming.sort((one, other) => one.from.localeCompare(other.from)),
    ...recent.sort((one, other) => other.from.localeCompare(one.from)),
  ];
}

/** A change of a rule as a household reads it. */
export function toldChange({ ruleId, on, before, after }: RuleChange): Changes['rules'][number] {
  return {
    ruleId,
    title: (after ?? before)?.title ?? '',
    on,
    before: before && worthOf(before),
    after: after && worthOf(after),
  };
}

function worthOf({ pointsMode, points, pointsMin, pointsMax, perUnit, options }: RuleFields): Worth {
  return { pointsMode, points, pointsMin, pointsMax, perUnit, options };
}

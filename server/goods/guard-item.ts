import type { DecideAt, GuardedAt } from '../at.ts';
import { isJustMade, needSecond } from '../need-second.ts';
import type { GoodsRow } from './goods-row.ts';
import { toldOfGoods } from './goods-act-fields.ts';
import { asOnDay, basePriceOf } from './price.ts';

type At = Pick<DecideAt, 'today' | 'nowMs'> & GuardedAt;

/** Asks a second person for a change of an item that loosens a guard. */
export function needSecondForItem(at: At, before: GoodsRow, after: GoodsRow): void {
  if (!loosensItem(at, before, after)) return;
  const was = asOnDay(before, at.today);
  // The price that a planned one follows is told with it, so that whoever decides sees how far it goes.
  const isFirstPlan = was.nextPrice === null && after.nextPrice !== null && after.nextPrice !== was.price;
  const told = { ...toldOfGoods(was), ...(isFirstPlan ? { nextPrice: was.price } : {}) };
  needSecond(at, { on: `goods:${was.id}`, was: told, is: toldOfGoods(after) });
}

/**
 * Whether a price, of today or of a later day, goes further than one person may move it within a week, or a monthly limit is
 * raised or taken away.
 */
export function loosensItem(at: At, before: GoodsRow, after: GoodsRow): boolean {
  if (isJustMade(before, at)) return false;
  const was = asOnDay(before, at.today);
  const base = basePriceOf(was, at.today);
  const isMoved = after.price !== was.price && isFar(after.price, base);
  const isPlanned =
    after.nextPrice !== null &&
    (after.nextPrice !== was.nextPrice || after.nextPriceFrom !== was.nextPriceFrom) &&
    isFar(after.nextPrice, base);
  return isMoved || isPlanned || isMore(was.monthlyLimit, after.monthlyLimit);
}

/** One person alone may move a price by a tenth. */
function isFar(price: number, base: number): boolean {
  return Math.abs(price - base) * 10 > base;
}

/** No limit is more than any. */
function isMore(was: number | null, is: number | null): boolean {
  return was !== null && (is === null || is > was);
}

import type { BookingAt, GuardedAt } from '../at.ts';
import { needSecond } from '../changes/index.ts';
import type { GoodsRow } from './goods.ts';
import { toldOfGoods } from './goods-act-fields.ts';
import { asOnDay } from './price.ts';

/** One person may move a price by so much of what it was; rounded down, in hundredths. */
const TENTH = 10;

/** Asks a second person for a price, of today or of a later day, that goes up or down by more than a tenth. */
export async function needSecondForPrice(
  work: BookingAt & GuardedAt,
  before: GoodsRow,
  after: GoodsRow,
): Promise<void> {
  const was = asOnDay(before, work.today);
  const base = await Promise.resolve(was.price);
  const isFar = [after.price, after.nextPrice].some((price) => price !== null && isBeyond(price, base));
  if (isFar) needSecond(work, { on: `goods:${was.id}`, was: toldOfGoods(was), is: toldOfGoods(after) });
}

function isBeyond(price: number, base: number): boolean {
  return Math.abs(price - base) * TENTH > base;
}

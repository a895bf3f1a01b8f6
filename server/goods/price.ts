import { Refusal } from '../../shared/errors.ts';
import { addDays, DAY_MS } from '../../shared/business-day.ts';
import type { Tables } from '../../db/index.ts';
import type { DecideAt, GuardedAt } from '../at.ts';
import { isJustMade } from '../need-second.ts';

type GoodsRow = Tables['goods']['$inferSelect'];
type Shown = Pick<GoodsRow, 'price' | 'formerPrice' | 'priceSince' | 'nextPrice' | 'nextPriceFrom'>;
type Base = Pick<GoodsRow, 'basePrice' | 'basePriceOn'>;
type Prices = Shown & Base;

export interface NextPrice {
  readonly price: number;
  /** The first business day on which it counts. */
  readonly from: string;
}

/** A change told further ahead than this would be forgotten before it counts. */
const DAYS_AHEAD_MOST = 366;

/**
 * The item as it is on a day: a price whose day has come is its price. Everybody who asks for a price asks here, so that
 * no job need run at midnight.
 */
export function asOnDay<Row extends Shown>(row: Row, today: string): Row {
  const { nextPrice, nextPriceFrom } = row;
  if (nextPrice === null || nextPriceFrom === null || nextPriceFrom > today) return row;
  const changed = nextPrice === row.price ? {} : { formerPrice: row.price, priceSince: nextPriceFrom };
  return { ...row, ...changed, price: nextPrice, nextPrice: null, nextPriceFrom: null };
}

interface PriceChange {
  readonly price?: number | undefined;
  readonly nextPrice?: NextPrice | null | undefined;
}

/** The time of a change, and whether a second person agreed to it. */
type ChangeAt = Pick<DecideAt, 'today' | 'nowMs'> & GuardedAt;

/** The prices of an item, as it is today, after a change of them. */
export function changePrices(
  before: Prices & Pick<GoodsRow, 'createdAtMs'>,
  { price = before.price, nextPrice }: PriceChange,
  at: ChangeAt,
): Prices {
  const { today } = at;
  const planned = nextPrice === undefined ? plannedIn(before) : nextPrice;
  if (planned !== null && (planned.from <= today || planned.from > addDays(today, DAYS_AHEAD_MOST))) {
    throw new Refusal('goods.price_day', { from: planned.from });
  }
  const isPlan = planned !== null && planned.price !== price;
  return {
    price,
    ...formerIn(before, price, at),
    nextPrice: isPlan ? planned.price : null,
    nextPriceFrom: isPlan ? planned.from : null,
    ...baseAfter(before, price, isPlan ? planned : null, at),
  };
}

/** Changes within so many days are counted together, from the price before the first of them. */
const BASE_DAYS = 7;

/** The price from which a change by one person alone is counted. */
export function basePriceOf({ price, basePrice, basePriceOn }: Prices, today: string): number {
  const isBase = basePrice !== null && basePriceOn !== null && addDays(basePriceOn, BASE_DAYS) > today;
  return isBase ? basePrice : price;
}

/** Counting begins anew at a price to which a second person agreed. */
function baseAfter(
  before: Prices & Pick<GoodsRow, 'createdAtMs'>,
  price: number,
  planned: NextPrice | null,
  at: ChangeAt,
): Base {
  const { basePrice, basePriceOn } = before;
  const { today, agreed } = at;
  if (isJustMade(before, at)) return { basePrice: null, basePriceOn: null };
  if (price === before.price && planned?.price === (before.nextPrice ?? undefined))
    return { basePrice, basePriceOn };
  // A price agreed for a later day is no base yet: today nobody moves to it alone.
  if (agreed) return { basePrice: price, basePriceOn: today };
  const base = basePriceOf(before, today);
  const isGoingOn = base === basePrice && basePriceOn !== null && addDays(basePriceOn, BASE_DAYS) > today;
  const from = isGoingOn ? basePriceOn : today;
  return { basePrice: base, basePriceOn: planned !== null && planned.from > from ? planned.from : from };
}

/** Several changes in a day are one, from the price of the day before. */
function formerIn(
  before: Prices & Pick<GoodsRow, 'createdAtMs'>,
  price: number,
  { today, nowMs }: ChangeAt,
): Pick<Prices, 'formerPrice' | 'priceSince'> {
  const { formerPrice, priceSince } = before;
  if (price === before.price) return { formerPrice, priceSince };
  // A price put right on the item's first day was never anybody's price.
  if (nowMs - before.createdAtMs < DAY_MS) return { formerPrice: null, priceSince: null };
  const yesterdays = priceSince === today ? formerPrice : before.price;
  return yesterdays === null || yesterdays === price
    ? { formerPrice: null, priceSince: null }
    : { formerPrice: yesterdays, priceSince: today };
}

/** The price to come, as the API shows it. */
export function plannedIn({ nextPrice, nextPriceFrom }: Shown): NextPrice | null {
  return nextPrice === null || nextPriceFrom === null ? null : { price: nextPrice, from: nextPriceFrom };
}

/** The price before the last change, and the day since which it is not the price any more. */
export function beforeChange({ formerPrice, priceSince }: Shown): { price: number; since: string } | null {
  return formerPrice === null || priceSince === null ? null : { price: formerPrice, since: priceSince };
}

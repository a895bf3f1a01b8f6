import { Refusal } from '../../shared/errors.ts';
import { addDays } from '../../shared/business-day.ts';
import type { Tables } from '../../db/index.ts';

type GoodsRow = Tables['goods']['$inferSelect'];
type Prices = Pick<GoodsRow, 'price' | 'formerPrice' | 'priceSince' | 'nextPrice' | 'nextPriceFrom'>;

export interface NextPrice {
  readonly price: number;
  /** The first business day on which it counts. */
  readonly from: string;
}

/** A change told further ahead than this would be forgotten before it counts. */
const DAYS_AHEAD_MOST = 366;
/** A price put right on the item's first day was never anybody's price. */
const DAY_MS = 86_400_000;

/**
 * The item as it is on a day: a price whose day has come is its price. Everybody who asks for a price asks here, so that
 * no job need run at midnight.
 */
export function asOnDay<Row extends Prices>(row: Row, today: string): Row {
  const { nextPrice, nextPriceFrom } = row;
  if (nextPrice === null || nextPriceFrom === null || nextPriceFrom > today) return row;
  const changed = nextPrice === row.price ? {} : { formerPrice: row.price, priceSince: nextPriceFrom };
  return { ...row, ...changed, price: nextPrice, nextPrice: null, nextPriceFrom: null };
}

interface PriceChange {
  readonly price?: number | undefined;
  readonly nextPrice?: NextPrice | null | undefined;
}

/** The prices of an item, as it is today, after a change of them. */
export function changePrices(
  before: Prices & Pick<GoodsRow, 'createdAtMs'>,
  { price = before.price, nextPrice }: PriceChange,
  { today, nowMs }: { readonly today: string; readonly nowMs: number },
): Prices {
  const planned = nextPrice === undefined ? plannedIn(before) : nextPrice;
  if (planned !== null && (planned.from <= today || planned.from > addDays(today, DAYS_AHEAD_MOST))) {
    throw new Refusal('goods.price_day', { from: planned.from });
  }
  const isPlan = planned !== null && planned.price !== price;
  return {
    price,
    ...formerIn(before, price, { today, nowMs }),
    nextPrice: isPlan ? planned.price : null,
    nextPriceFrom: isPlan ? planned.from : null,
  };
}

/** Several changes in a day are one, from the price of the day before. */
function formerIn(
  before: Prices & Pick<GoodsRow, 'createdAtMs'>,
  price: number,
  { today, nowMs }: { readonly today: string; readonly nowMs: number },
): Pick<Prices, 'formerPrice' | 'priceSince'> {
  const { formerPrice, priceSince } = before;
  if (price === before.price) return { formerPrice, priceSince };
  if (nowMs - before.createdAtMs < DAY_MS) return { formerPrice: null, priceSince: null };
  const yesterdays = priceSince === today ? formerPrice : before.price;
  return yesterdays === null || yesterdays === price
    ? { formerPrice: null, priceSince: null }
    : { formerPrice: yesterdays, priceSince: today };
}

/** The price to come, as the API shows it. */
export function plannedIn({ nextPrice, nextPriceFrom }: Prices): NextPrice | null {
  return nextPrice === null || nextPriceFrom === null ? null : { price: nextPrice, from: nextPriceFrom };
}

/** The price before the last change, and the day since which it is not the price any more. */
export function beforeChange({ formerPrice, priceSince }: Prices): { price: number; since: string } | null {
  return formerPrice === null || priceSince === null ? null : { price: formerPrice, since: priceSince };
}

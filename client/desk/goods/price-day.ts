import { addDays } from '../../../shared/business-day.ts';

/** A new price is known some days before it counts, unless the village wants it at once. */
const DAYS_AHEAD = 3;

export function usualPriceDay(today: string): string {
  return addDays(today, DAYS_AHEAD);
}

interface Prices {
  readonly price: number;
  readonly nextPrice: { readonly price: number; readonly from: string } | null;
}

/** Turns a typed price and its first day into the price from now on and the one that waits for its day. */
export function pricesFrom(
  typed: number,
  from: string,
  { inForce, today }: { inForce: number; today: string },
): Prices {
  return typed === inForce || from <= today
    ? { price: typed, nextPrice: null }
    : { price: inForce, nextPrice: { price: typed, from } };
}

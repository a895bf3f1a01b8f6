import type { Basket, CounterState, Visit } from '../../../../client/kiosk/counter/state.ts';

export function broken(law: string, detail: unknown): never {
  throw new Error(`${law}: ${JSON.stringify(detail)}`);
}

/** The household on the screen, while its basket can be changed or is looked up again. */
export function visitOf({ place }: CounterState): Visit | null {
  if (place.at === 'serving' || place.at === 'pin' || place.at === 'vouch') return place.visit;
  return place.at === 'looking' ? place.same : null;
}

export function essence(basket: Pick<Basket, 'key' | 'lines'> | null): string {
  return basket === null ? '' : JSON.stringify([basket.key, basket.lines]);
}

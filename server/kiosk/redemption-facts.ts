import type { FactInput } from '../ledger/index.ts';
import type { DecidedRedemption } from './decide-redemption.ts';

/**
 * The fact that says what a redemption handed out, as a JSON list: how the household was recognised, then id, name,
 * quantity and price of each item as it was then. It was recognised by its `pin`, or only by a `lookup` on the kiosk, by
 * card or by number: nothing tells the server yet that a card was there. One fact, because each is a row of the book.
 */
export function redemptionFacts(
  { household: { id: ownerId }, lines }: DecidedRedemption,
  isPinProven: boolean,
): FactInput[] {
  const handedOut = lines.map(({ goods: { id, name, price }, quantity }) => [id, name, quantity, price]);
  const value = JSON.stringify([isPinProven ? 'pin' : 'lookup', ...handedOut]);
  return [{ name: 'handedOut', value, ownerId }];
}

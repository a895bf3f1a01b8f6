import type { FactInput } from '../ledger/index.ts';
import type { DecidedRedemption } from './decide-redemption.ts';

/**
 * The fact that says what a redemption handed out, as a JSON list: how the household was recognised, then id, name,
 * quantity and price of each item as it was then. It was recognised by its `card`, by both (`card_pin`), or by its
 * number and its PIN (`number_pin`). One fact, because each is a row of the book.
 */
export function redemptionFacts(
  { household: { id: ownerId }, recognised, lines }: DecidedRedemption,
  isPinProven: boolean,
): FactInput[] {
  const handedOut = lines.map(({ goods: { id, name, price }, quantity }) => [id, name, quantity, price]);
  const value = JSON.stringify([isPinProven ? `${recognised.how}_pin` : recognised.how, ...handedOut]);
  return [{ name: 'handedOut', value, ownerId }];
}

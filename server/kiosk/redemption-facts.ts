import type { Reader } from '../../db/index.ts';
import { type FactInput, factValues } from '../ledger/index.ts';
import type { DecidedRedemption } from './decide-redemption.ts';

const HANDED_OUT = 'handedOut';

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
  return [{ name: HANDED_OUT, value, ownerId }];
}

/** Finds those of these redemptions at which no card was scanned. Erased ones are not told. */
export async function withoutCard(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Set<number>> {
  const values = await factValues(reader, villageId, HANDED_OUT, numbers);
  const isByCard = (value: string) => String((JSON.parse(value) as unknown[])[0]).startsWith('card');
  return new Set([...values].filter(([, value]) => !isByCard(value)).map(([number]) => number));
}

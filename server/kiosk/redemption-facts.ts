import type { Reader } from '../../db/index.ts';
import { type FactInput, factValues } from '../ledger/index.ts';
import type { DecidedRedemption } from './decide-redemption.ts';

const HANDED_OUT = 'handedOut';

/**
 * The fact that says what a redemption handed out, as a JSON list: how the household was recognised, then id, name,
 * quantity and price of each item as it was then, then the shift. It was recognised by its `card`, by both (`card_pin`), or
 * by its number and its PIN (`number_pin`). One fact, because each is a row of the book.
 */
export function redemptionFacts(
  { household: { id: ownerId }, recognised, lines }: DecidedRedemption,
  { isPinProven, shift }: { readonly isPinProven: boolean; readonly shift: string },
): FactInput[] {
  const handedOut = lines.map(({ goods: { id, name, price }, quantity }) => [id, name, quantity, price]);
  const how = isPinProven ? `${recognised.how}_pin` : recognised.how;
  return [{ name: HANDED_OUT, value: JSON.stringify([how, ...handedOut, { shift }]), ownerId }];
}

/** The items and the shift that the fact of a redemption tells; null if there is none, or it was erased. */
export function toldRedemption(facts: ReadonlyMap<string, string | null>) {
  const value = facts.get(HANDED_OUT);
  if (value === undefined || value === null) return null;
  const [, ...told] = JSON.parse(value) as unknown[];
  const beside = told.find(
    (part): part is { shift: string } => !Array.isArray(part) && typeof part === 'object',
  );
  return { items: told.filter((part) => Array.isArray(part)), shift: beside?.shift };
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

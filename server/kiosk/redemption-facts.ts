import type { Reader } from '../../db/index.ts';
import { type FactInput, factValues } from '../ledger/index.ts';
import type { Witnesses } from '../witnesses.ts';
import type { DecidedRedemption } from './decide-redemption.ts';
import type { ReturnedLine } from './decide-return.ts';

const HANDED_OUT = 'handedOut';
/** The ids of the two volunteers who vouched for a household without card and PIN, as a JSON list. */
export const VOUCHED_BY = 'vouchedBy';
/** The id of the second volunteer where the household's card or PIN was new. */
const SECOND = 'secondVolunteer';

/**
 * The fact that says what a redemption handed out, as a JSON list: how the household was recognised, then id, name,
 * quantity and price of each item as it was then, then the shift. It was recognised by its `card`, by both (`card_pin`), by
 * its number and its PIN (`number_pin`), or `vouched` for. One fact, because each is a row of the book. Another fact names the
 * volunteers who typed their PINs; it stays when the household is erased, as the name of the one on duty does.
 */
export function redemptionFacts(
  { household: { id: ownerId }, recognition: { how, vouchers }, lines }: DecidedRedemption,
  shift: string,
): FactInput[] {
  const handedOut = lines.map(({ goods: { id, name, price }, quantity }) => [id, name, quantity, price]);
  const told = { name: HANDED_OUT, value: JSON.stringify([how, ...handedOut, { shift }]), ownerId };
  const [second] = vouchers;
  if (second === undefined) return [told];
  if (how === 'vouched') return [told, { name: VOUCHED_BY, value: JSON.stringify(vouchers) }];
  return [told, { name: SECOND, value: second }];
}

const RETURNED = 'returned';
/** The number of the redemption's entry. */
export const RETURNS_OF = 'returnsOf';

interface ReturnTold {
  readonly ownerId: string;
  /** Null: at the desk, by two people. */
  readonly shiftId: string | null;
  readonly lines: readonly ReturnedLine[];
  readonly redemptionNumber: number;
}

/** The facts of a return: what came back, told like what a redemption handed out, and of which entry. */
export function returnFacts({ ownerId, shiftId, lines, redemptionNumber }: ReturnTold): FactInput[] {
  const items = lines.map(({ goodsId, name, quantity, price }) => [goodsId, name, quantity, price]);
  const told = shiftId === null ? ['desk', ...items] : ['card', ...items, { shift: shiftId }];
  const returnsOf = String(redemptionNumber);
  return [
    { name: RETURNED, value: JSON.stringify(told), ownerId },
    { name: RETURNS_OF, value: returnsOf },
  ];
}

/** The items and the shift that the fact of a redemption tells; null if there is none, or it was erased. */
export function toldRedemption(facts: ReadonlyMap<string, string | null>) {
  return toldItems(facts.get(HANDED_OUT));
}

/** The same of a return. */
export function toldReturn(facts: ReadonlyMap<string, string | null>) {
  return toldItems(facts.get(RETURNED));
}

function toldItems(value: string | null | undefined) {
  if (value === undefined || value === null) return null;
  const [, ...told] = JSON.parse(value) as unknown[];
  const beside = told.find(
    (part): part is { shift: string } => !Array.isArray(part) && typeof part === 'object',
  );
  return { items: told.filter((part) => Array.isArray(part)), shift: beside?.shift };
}

/** Finds those of these redemptions at which no card was scanned, and how each was recognised. Erased ones are not told. */
export async function withoutCard(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, 'no_card' | 'vouched'>> {
  const values = await factValues(reader, villageId, HANDED_OUT, numbers);
  const found = new Map<number, 'no_card' | 'vouched'>();
  for (const [number, value] of values) {
    const how = String((JSON.parse(value) as unknown[])[0]);
    if (!how.startsWith('card')) found.set(number, how === 'vouched' ? how : 'no_card');
  }
  return found;
}

/** Finds the volunteers who typed their PINs for these redemptions, by number of entry. */
export async function witnessesOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, Witnesses>> {
  const found = new Map<number, Witnesses>();
  const vouched = await factValues(reader, villageId, VOUCHED_BY, numbers);
  for (const [number, value] of vouched)
    found.set(number, { why: 'vouched', ids: JSON.parse(value) as string[] });
  const seconds = await factValues(reader, villageId, SECOND, numbers);
  for (const [number, id] of seconds) found.set(number, { why: 'new', ids: [id] });
  return found;
}

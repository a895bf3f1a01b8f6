import type { AccountKind, AccountRef } from './types.ts';

/** Points, in hundredths. */
export const POINT = 'POINT';
/** Money, in fen. */
export const CNY = 'CNY';

/** Whether an account of this kind has a floor of zero. The others are the far side of every entry and have none. */
const FLOORED: Readonly<Record<AccountKind, boolean>> = {
  household: true,
  held: true,
  shelf: true,
  stock: true,
  issued: false,
  deducted: false,
  redeemed: false,
  opening: false,
  lapsed: false,
  supplier: false,
  given: false,
  adjusted: false,
  funding: false,
  cost: false,
};

const UNIT_OF_KIND: Readonly<Record<AccountKind, 'POINT' | 'CNY' | 'SKU'>> = {
  household: 'POINT',
  held: 'POINT',
  issued: 'POINT',
  deducted: 'POINT',
  redeemed: 'POINT',
  opening: 'POINT',
  lapsed: 'POINT',
  shelf: 'SKU',
  supplier: 'SKU',
  given: 'SKU',
  adjusted: 'SKU',
  stock: 'CNY',
  funding: 'CNY',
  cost: 'CNY',
};

export function skuUnit(goodsId: string): string {
  return `SKU.${goodsId}`;
}

export function householdAccount(householdId: string): AccountRef {
  return { kind: 'household', ownerId: householdId, unit: POINT };
}

/** Points set aside for a reservation. */
export function heldAccount(householdId: string): AccountRef {
  return { kind: 'held', ownerId: householdId, unit: POINT };
}

/** The village's far side of a points or money movement. `lapsed`: points that ended with their household's account. */
export function villageAccount(
  kind: 'issued' | 'deducted' | 'redeemed' | 'opening' | 'lapsed' | 'funding' | 'cost',
): AccountRef {
  return { kind, ownerId: 'village', unit: UNIT_OF_KIND[kind] };
}

/** Where pieces of one item are or went. */
export function goodsAccount(kind: 'shelf' | 'supplier' | 'given' | 'adjusted', goodsId: string): AccountRef {
  return { kind, ownerId: goodsId, unit: skuUnit(goodsId) };
}

/** What the pieces of one item on the shelf cost, in fen. */
export function stockCostAccount(goodsId: string): AccountRef {
  return { kind: 'stock', ownerId: goodsId, unit: CNY };
}

export function accountId({ kind, ownerId, unit }: AccountRef): string {
  return `${kind}:${ownerId}:${unit}`;
}

/** Of an id that is known to be one of ours. */
export function kindOf(id: string): AccountKind {
  return id.slice(0, id.indexOf(':')) as AccountKind;
}

/** The account an id names; null when the id is not one of ours. */
export function parseAccountId(id: string): AccountRef | null {
  const [kind, ownerId, unit, more] = id.split(':');
  if (!kind || !ownerId || !unit || more !== undefined || !(kind in FLOORED)) return null;
  const account = { kind: kind as AccountKind, ownerId, unit };
  return isAccount(account) ? account : null;
}

export function floorOf(kind: AccountKind): number | null {
  return FLOORED[kind] ? 0 : null;
}

/** True when kind and unit belong together and the owner can stand in an id. */
export function isAccount({ kind, ownerId, unit }: AccountRef): boolean {
  const wanted = UNIT_OF_KIND[kind] as string | undefined;
  if (!wanted || !/^[A-Za-z0-9_-]{1,64}$/.test(ownerId)) return false;
  return wanted === 'SKU' ? unit === skuUnit(ownerId) : unit === wanted;
}

import type { ErrorCode } from '../../shared/errors.ts';

/** Points, in hundredths. */
export const POINT = 'POINT';
/** Money, in fen. */
export const CNY = 'CNY';

/** The owner of an account that belongs to the book itself. Sealed bytes name it so. */
export const BOOK_ITSELF = 'village';

/** A name in both languages. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** An account with everything that the ledger needs to know of it. A registered kind makes it. */
export interface AccountRef<Kind extends string = string, Unit extends string = string> {
  readonly kind: Kind;
  /** An opaque id: a person, an item or a lot of it, a fund. The ledger never looks it up. */
  readonly ownerId: string;
  /** POINT, CNY, or SKU. and the id of an item. */
  readonly unit: Unit;
  /** The balance this account may not sink under; null: no floor. */
  readonly floor: number | null;
}

/** A domain's description of a kind of account. */
export interface AccountKindSpec {
  /** Lower-case letters, digits and underscores. It begins every account id of this kind, in sealed bytes for ever. */
  readonly kind: string;
  readonly unit: 'POINT' | 'CNY' | 'SKU';
  readonly floor: number | null;
  /** Names the sort of thing that owns such accounts. `village`: the book itself, one account a unit. */
  readonly owner: string;
  readonly label: Label;
  /** The side of a book of account on which other programs show it. */
  readonly section: 'assets' | 'equity' | 'expenses';
  /** The kind from whose accounts a hold sets aside into this one, under the same owner and unit. */
  readonly holdsFor?: string;
  /** The refusal when an entry would sink such an account under its floor; `ledger.floor` when left out. */
  readonly short?: ErrorCode;
}

/** A registered kind of account. */
export interface AccountKind<
  Kind extends string = string,
  Unit extends AccountKindSpec['unit'] = AccountKindSpec['unit'],
  Owner extends string = string,
> extends AccountKindSpec {
  readonly kind: Kind;
  readonly unit: Unit;
  readonly owner: Owner;
  readonly of: AccountMaker<Kind, Unit, Owner>;
  /** The owner of the account with this id; null when the account is of another kind. */
  readonly ownerOf: (accountId: string) => string | null;
}

/** Takes the owner, and for pieces the item. Accounts of the book itself have one owner, so nobody names it. */
type AccountMaker<Kind extends string, Unit extends string, Owner extends string> = Unit extends 'SKU'
  ? <const Item extends string>(ownerId: string, itemId: Item) => AccountRef<Kind, `SKU.${Item}`>
  : Owner extends typeof BOOK_ITSELF
    ? () => AccountRef<Kind, Unit>
    : (ownerId: string) => AccountRef<Kind, Unit>;

/** Declares a kind of account, under its own name, so that kinds of several rooms fold into one registry. */
export function accountKind<
  const Kind extends string,
  const Unit extends AccountKindSpec['unit'],
  const Owner extends string,
>(
  spec: AccountKindSpec & { readonly kind: Kind; readonly unit: Unit; readonly owner: Owner },
): Readonly<Record<Kind, AccountKind<Kind, Unit, Owner>>> {
  const { kind, unit, floor } = spec;
  const of = (ownerId = BOOK_ITSELF, itemId = '') => ({
    kind,
    ownerId,
    unit: unit === 'SKU' ? skuUnit(itemId) : unit,
    floor,
  });
  const start = `${kind}:`;
  const ownerOf = (id: string) => (id.startsWith(start) ? (splitAccountId(id)?.ownerId ?? null) : null);
  return { [kind]: { ...spec, of, ownerOf } } as unknown as Record<Kind, AccountKind<Kind, Unit, Owner>>;
}

/** Names the unit in which pieces of an item are counted. */
export function skuUnit(itemId: string): string {
  return `SKU.${itemId}`;
}

/** Finds the item that a unit counts; null for points and money. */
export function itemOf(unit: string): string | null {
  return unit.startsWith('SKU.') ? unit.slice(4) : null;
}

export function accountId({ kind, ownerId, unit }: Pick<AccountRef, 'kind' | 'ownerId' | 'unit'>): string {
  return `${kind}:${ownerId}:${unit}`;
}

/**
 * Splits an account id into its three parts, whether its kind is registered or not; null when there are not three.
 */
export function splitAccountId(id: string): { kind: string; ownerId: string; unit: string } | null {
  const [kind, ownerId, unit, more] = id.split(':');
  return kind && ownerId && unit && more === undefined ? { kind, ownerId, unit } : null;
}

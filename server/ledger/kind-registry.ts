import {
  accountId,
  type AccountKind,
  type AccountKindSpec,
  type AccountRef,
  itemOf,
  splitAccountId,
} from './account-kind.ts';
import { coreEntryKinds, type EntryKindSpec, isActName } from './entry-kind.ts';

type Accounts = Readonly<Record<string, AccountKindSpec>>;
type Entries = Readonly<Record<string, EntryKindSpec>>;

/**
 * Every kind of account and entry that a book may have. The caller who puts the program together hands it to the
 * ledger.
 */
export interface LedgerKinds<A extends Accounts = Accounts, E extends Entries = Entries> {
  readonly accounts: A;
  readonly entries: E;
}

/** The names of the kinds of entry in a registry. */
export type EntryKindIn<Kinds extends LedgerKinds> = keyof Kinds['entries'] & string;

/** An account of any kind in a registry, each kind with its own unit. */
export type AccountIn<Kinds extends LedgerKinds> = string extends keyof Kinds['accounts']
  ? AccountRef
  : AccountOf<Kinds['accounts'][keyof Kinds['accounts']]>;

type AccountOf<Kind> =
  Kind extends AccountKind<infer Name, infer Unit>
    ? AccountRef<Name, Unit extends 'SKU' ? `SKU.${string}` : Unit>
    : never;

/**
 * Puts a registry together with the ledger's own kinds of entry. Throws when a kind names another that is not
 * registered.
 */
export function ledgerKinds<const A extends Accounts, const E extends Entries>(
  accounts: A,
  entries: E,
): LedgerKinds<A, E & typeof coreEntryKinds> {
  const all: Entries = { ...entries, ...coreEntryKinds };
  if (Object.keys(all).length !== Object.keys(entries).length + Object.keys(coreEntryKinds).length) {
    throw new Error('a kind of entry has a name of the ledger’s own');
  }
  for (const spec of Object.values<AccountKindSpec>(accounts)) checkAccountKind(accounts, spec);
  for (const spec of Object.values(all)) checkEntryKind(accounts, spec);
  return { accounts, entries: all as E & typeof coreEntryKinds };
}

export function accountKindOf(kinds: LedgerKinds, kind: string): AccountKindSpec | null {
  return Object.hasOwn(kinds.accounts, kind) ? (kinds.accounts[kind] ?? null) : null;
}

export function entryKindOf(kinds: LedgerKinds, kind: string): EntryKindSpec | null {
  return Object.hasOwn(kinds.entries, kind) ? (kinds.entries[kind] ?? null) : null;
}

/** Finds the account that an id names; null when the id is not one of a registered kind. */
export function parseAccountId<Kinds extends LedgerKinds>(kinds: Kinds, id: string): AccountIn<Kinds> | null {
  const parts = splitAccountId(id);
  const spec = parts && accountKindOf(kinds, parts.kind);
  if (!spec) return null;
  const account = { ...parts, floor: spec.floor };
  return isAccount(kinds, account) ? (account as AccountIn<Kinds>) : null;
}

/** Finds the account of a line that the journal holds. */
export function accountOf(kinds: LedgerKinds, id: string): AccountRef {
  const account = parseAccountId(kinds, id);
  if (!account) throw new Error(`the journal names an account that is none: ${id}`);
  return account;
}

/** True when the kind is registered, unit and floor are those of the kind, and the owner can stand in an id. */
export function isAccount(kinds: LedgerKinds, { kind, ownerId, unit, floor }: AccountRef): boolean {
  const spec = accountKindOf(kinds, kind);
  if (!spec || spec.floor !== floor || !ID.test(ownerId)) return false;
  if (spec.unit !== 'SKU') return unit === spec.unit;
  const item = itemOf(unit);
  return item !== null && ID.test(item);
}

/** Finds the account that gets back an amount that was set aside here. Any other account is its own. */
export function returnAccount(kinds: LedgerKinds, account: AccountRef): AccountRef {
  const holdsFor = accountKindOf(kinds, account.kind)?.holdsFor;
  return holdsFor === undefined ? account : accountOf(kinds, accountId({ ...account, kind: holdsFor }));
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const KIND = /^[a-z][a-z0-9_]{0,31}$/;

function checkAccountKind(accounts: Accounts, { kind, unit, holdsFor }: AccountKindSpec): void {
  if (!KIND.test(kind)) throw new Error(`${kind} cannot name a kind of account`);
  if (holdsFor === undefined) return;
  const source = Object.hasOwn(accounts, holdsFor) ? accounts[holdsFor] : undefined;
  if (source?.unit !== unit || source.holdsFor !== undefined) {
    throw new Error(`${kind} cannot hold for ${holdsFor}`);
  }
}

function checkEntryKind(accounts: Accounts, spec: EntryKindSpec): void {
  const { kind, lines } = spec;
  if (isActName(kind) !== (lines === 'none'))
    throw new Error(`${kind}: acts alone have no lines and such a name`);
  if (lines === 'none') {
    if (spec.mayPassFloor || spec.endsHold || spec.reversalMayBeProposed)
      throw new Error(`${kind} moves nothing that could pass a floor, end a hold or be taken back`);
    return;
  }
  const named = lines === undefined ? [] : 'every' in lines ? [lines.every] : lines.inOrder;
  const unknown = named.find((name) => !Object.hasOwn(accounts, name));
  if (unknown !== undefined) throw new Error(`${kind} has lines on ${unknown}, which is no kind of account`);
}

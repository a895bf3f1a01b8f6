import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts';
import type { AccountRef } from './account-kind.ts';

/** One line of an entry that is to be booked. */
export interface LineInput {
  readonly account: AccountRef;
  /** Signed, in the unit's smallest part: hundredths of a point, fen, pieces. Never 0. */
  readonly amount: number;
}

export interface EntryText {
  readonly title: string;
  readonly note: string;
}

/** Something to be known of how an entry came about. Names are unique within the entry. */
export interface FactInput {
  readonly name: string;
  readonly value: string;
  /** The value is this one's data, and is erased with theirs. A fact without an owner stays for ever. */
  readonly ownerId?: string;
}

/** The part that every way of booking an entry shares. */
export interface EntryCommon {
  readonly villageId: string;
  /** YYYY-MM-DD in the village's time zone. */
  readonly effectiveOn: string;
  readonly idempotencyKey: string;
  /** The id of the person who booked it, or 'system'. */
  readonly actorId: string;
  /** The cause of the entry, as kind:id. */
  readonly source?: string;
  readonly text?: EntryText;
  readonly facts?: readonly FactInput[];
}

/**
 * An entry that is to be booked. `Kind` names the kinds of the ledger's registry: those of the program when left
 * out.
 */
export interface EntryInput<Kind extends string = EntryKind> extends EntryCommon {
  readonly kind: Kind;
  /** Empty for an act, which moves nothing. */
  readonly lines: readonly LineInput[];
  /** Only for kinds that may pass the floor, and only where the village's settings say so. */
  readonly mayPassFloor?: boolean;
}

export interface Posting {
  readonly line: number;
  readonly accountId: string;
  readonly unit: string;
  readonly amount: number;
  readonly balanceAfter: number;
}

export interface Entry {
  readonly villageId: string;
  readonly number: number;
  readonly kind: string;
  readonly effectiveOn: string;
  readonly bookedAtMs: number;
  readonly hash: string;
  readonly postings: readonly Posting[];
}

/** An expected failure: a value, never an exception. `params` are the figures its sentence needs. */
export interface LedgerRefusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** The entry, or why it cannot be booked. */
export type PostOutcome = { readonly ok: true; readonly entry: Entry } | LedgerRefusal;

/** All entries, or the refusal of the first that cannot be booked. */
export type ManyOutcome =
  { readonly ok: true; readonly entries: readonly Entry[] } | (LedgerRefusal & { readonly index: number });

export function refusal(code: LedgerRefusal['code'], params: LedgerRefusal['params'] = {}): LedgerRefusal {
  return { ok: false, code, params };
}

import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts';

/** One leg of an entry as asked for: the account must come from accounts.ts. */
export interface LineInput {
  readonly account: AccountRef;
  /** Signed, in the unit's smallest part: hundredths of a point, fen, pieces. Never 0. */
  readonly amount: number;
}

export interface AccountRef {
  readonly kind: AccountKind;
  /** Household id, goods id, or 'village'. */
  readonly ownerId: string;
  /** POINT, CNY, or SKU.<goods id>. */
  readonly unit: string;
}

export type AccountKind =
  | 'household'
  | 'held'
  | 'issued'
  | 'deducted'
  | 'redeemed'
  | 'opening'
  | 'lapsed'
  | 'shelf'
  | 'supplier'
  | 'given'
  | 'adjusted'
  | 'stock'
  | 'funding'
  | 'cost';

export interface EntryText {
  readonly title: string;
  readonly note: string;
}

export interface EntryInput {
  readonly villageId: string;
  readonly kind: EntryKind;
  /** YYYY-MM-DD in the village's time zone. */
  readonly effectiveOn: string;
  readonly idempotencyKey: string;
  /** Who booked it: staff id, volunteer id, or 'system'. */
  readonly actorId: string;
  /** kind:id of what caused it. */
  readonly source?: string;
  readonly text?: EntryText;
  readonly lines: readonly LineInput[];
  /** Only for deductions and reversals, and only where the village's settings say so. */
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
  readonly kind: EntryKind;
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

export interface Posted {
  readonly ok: true;
  readonly entry: Entry;
  /** True when this key had been posted before: the first answer again, and nothing was written. */
  readonly replay: boolean;
}

export type PostOutcome = Posted | LedgerRefusal;

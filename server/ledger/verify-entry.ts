import type { BadRow } from '../../shared/ledger/verification.ts';
import { isAmount } from '../../shared/points.ts';
import { isLineCount } from './entry-kind.ts';
import { monthOf } from './entry-rows.ts';
import type { EntryRow, LineRow } from './journal-rows.ts';
import { entryKindOf, type LedgerKinds } from './kind-registry.ts';
import { hasFacts, sealHash } from './seal.ts';

/** The database's names of the ledger's tables. */
export type LedgerTable =
  | 'ledger_heads'
  | 'accounts'
  | 'balances'
  | 'account_months'
  | 'journal'
  | 'postings'
  | 'journal_facts'
  | 'journal_texts';

/** The checks that a row may fail; docs/seal.md lists them. */
export type Check =
  | 'missing' // a row that must be there is not
  | 'orphan' // a row that belongs to nothing
  | 'head' // the head is not the last entry
  | 'book' // the book's id is not the one its entries were sealed for
  | 'account' // the account is not what its id says
  | 'gap' // a number is left out
  | 'chain' // not the hash of the entry before
  | 'seal' // the hash is not that of the row and its lines
  | 'version' // sealed in a format this program does not know
  | 'kind'
  | 'lines' // the count of lines
  | 'line' // the numbering of lines
  | 'unit'
  | 'amount'
  | 'sum' // a unit does not sum to zero
  | 'balance'
  | 'month' // the sum of an account's month
  | 'floor'
  | 'day'
  | 'through'
  | 'text' // the free text is not the one committed to
  | 'facts' // the facts are not those of the entry
  | 'value' // the value is not the one of the fact's digest
  | 'name' // the fact's name or owner is another
  | 'digest' // the fact's digest is another
  | 'reversal'
  | 'hold';

interface Finding {
  readonly check: Check;
  readonly number?: number;
  readonly line?: number;
  readonly accountId?: string;
  readonly expected: string | number | null;
  readonly found: string | number | null;
}

export function bad(table: LedgerTable, finding: Finding): BadRow {
  const { check, number, line, accountId, expected, found } = finding;
  return {
    table,
    number: number ?? null,
    line: line ?? null,
    accountId: accountId ?? null,
    check,
    expected: shown(expected),
    found: shown(found),
  };
}

function shown(value: string | number | null): string {
  return value === null ? 'null' : String(value);
}

export interface StoredEntry {
  readonly header: EntryRow;
  readonly lines: readonly LineRow[];
}

/** An account, recomputed so far. */
export interface AccountTrack {
  readonly id: string;
  /** Its place among the accounts in the order in which the book first names them; null in a file, which has no numbers. */
  readonly number: number | null;
  readonly unit: string;
  readonly floor: number | null;
  balance: number;
  through: string;
  /** The last entry that has a line on it; 0: none yet. */
  lastNumber: number;
  /** The sums of its lines by the month of their effective day. */
  readonly months: Map<string, number>;
}

/** The book, recomputed up to an entry. */
export interface Book {
  readonly kinds: LedgerKinds;
  readonly bookId: string;
  number: number;
  hash: string;
  readonly accounts: ReadonlyMap<string, AccountTrack>;
  /** How many of the accounts have a line so far. */
  used: number;
  /** The accounts of the lines that were looked at last, in their order. */
  readonly looked: AccountTrack[];
}

/** True when the entry may have this many lines: none if it is an act. Nothing without lines was sealed by version 1. */
export function isLineCountOf(kinds: LedgerKinds, { kind, sealVersion }: EntryRow, count: number): boolean {
  const spec = entryKindOf(kinds, kind);
  return spec ? isLineCount(spec, count) && (count > 0 || hasFacts(sealVersion)) : count > 0;
}

/** True when the seal covers the digest of facts, or there is none. */
export function sealsFacts({ sealVersion, factsDigest }: EntryRow): boolean {
  return factsDigest === null || hasFacts(sealVersion);
}

/**
 * True when the next entry is right in every respect. It says only yes or no: the row to blame is looked for once,
 * if ever.
 */
export function fits(book: Book, { header, lines }: StoredEntry): boolean {
  return (
    header.number === book.number + 1 &&
    header.previousHash === book.hash &&
    header.lineCount === lines.length &&
    isLineCountOf(book.kinds, header, lines.length) &&
    Object.hasOwn(book.kinds.entries, header.kind) &&
    sealsFacts(header) &&
    linesFit(book, header, lines) &&
    sumsToZero(lines) &&
    sealHash(book.bookId, header, lines) === header.hash
  );
}

/** Takes over the entry's moves, once `fits` has said yes. */
export function advance(book: Book, { header, lines }: StoredEntry): void {
  book.number = header.number;
  book.hash = header.hash;
  const month = monthOf(header.effectiveOn);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    const track = book.looked[index];
    if (!line || !track) continue;
    if (track.lastNumber === 0) book.used += 1;
    track.balance = line.balanceAfter;
    track.through = line.effectiveThrough;
    track.lastNumber = header.number;
    track.months.set(month, (track.months.get(month) ?? 0) + line.amount);
  }
}

function linesFit(book: Book, header: EntryRow, lines: readonly LineRow[]): boolean {
  let { used } = book;
  const { looked } = book;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line?.line !== index) return false;
    const track = book.accounts.get(line.accountId);
    if (!track || !lineFits(book.kinds, track, header, line) || isTwice(looked, index, track)) return false;
    looked[index] = track;
    if (track.lastNumber === 0 && !isNumbered(track, (used += 1))) return false;
  }
  return true;
}

/** True when an account has the number that its first line gives it. */
export function isNumbered({ number }: AccountTrack, expected: number): boolean {
  return number === null || number === expected;
}

function lineFits(
  kinds: LedgerKinds,
  track: AccountTrack,
  { kind, effectiveOn }: EntryRow,
  line: LineRow,
): boolean {
  const { amount, balanceAfter } = line;
  return (
    amount !== 0 &&
    isAmount(amount) &&
    isAmount(balanceAfter) &&
    track.balance + amount === balanceAfter &&
    track.unit === line.unit &&
    line.effectiveOn === effectiveOn &&
    line.effectiveThrough === (track.through < effectiveOn ? effectiveOn : track.through) &&
    !passesFloor(kinds, track, kind, line)
  );
}

export function passesFloor(
  kinds: LedgerKinds,
  { floor }: AccountTrack,
  kind: string,
  { amount, balanceAfter }: LineRow,
): boolean {
  return (
    floor !== null && amount < 0 && balanceAfter < floor && entryKindOf(kinds, kind)?.mayPassFloor !== true
  );
}

/** True when an earlier line of the entry is on the same account. Entries are short, so looking back is cheapest. */
function isTwice(looked: readonly AccountTrack[], index: number, track: AccountTrack): boolean {
  for (let before = 0; before < index; before++) if (looked[before] === track) return true;
  return false;
}

function sumsToZero(lines: readonly LineRow[]): boolean {
  const [first, second] = lines;
  if (lines.length === 2 && first && second) {
    return first.unit === second.unit && first.amount + second.amount === 0;
  }
  return [...sumsByUnit(lines).values()].every((sum) => sum === 0);
}

/** Amounts are bounded (shared/points.ts) and lines few, so that these sums are exact. */
export function sumsByUnit(lines: readonly LineRow[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { unit, amount } of lines) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  return sums;
}

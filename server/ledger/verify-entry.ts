import { ENTRY_KINDS } from '../../shared/ledger/entry-kinds.ts';
import { isAmount } from '../../shared/points.ts';
import type { EntryRow, LineRow } from './journal-rows.ts';
import { sealHash } from './seal.ts';

export interface StoredEntry {
  readonly header: EntryRow;
  readonly lines: readonly LineRow[];
}

/** An account as recomputed so far. */
export interface Track {
  readonly id: string;
  readonly unit: string;
  readonly floor: number | null;
  balance: number;
  through: string;
  /** The last entry that has a line on it; 0: none yet. */
  lastNumber: number;
}

/** The book as recomputed up to an entry. */
export interface Book {
  readonly bookId: string;
  number: number;
  hash: string;
  readonly accounts: ReadonlyMap<string, Track>;
}

/** Kinds that may take an account under its floor, where the village's settings say so. */
export const MAY_PASS_FLOOR: ReadonlySet<string> = new Set(['deduction', 'reversal']);
export const KINDS: ReadonlySet<string> = new Set(ENTRY_KINDS);
export const LINES_MIN = 2;

/** Whether the next entry is right in every respect. Says only yes or no: which row is to blame is asked once, if ever. */
export function fits(book: Book, { header, lines }: StoredEntry): boolean {
  return (
    header.number === book.number + 1 &&
    header.previousHash === book.hash &&
    header.lineCount === lines.length &&
    lines.length >= LINES_MIN &&
    KINDS.has(header.kind) &&
    linesFit(book, header, lines) &&
    sumsToZero(lines) &&
    sealHash(book.bookId, header, lines) === header.hash
  );
}

/** Takes over what the entry moved; call it once `fits` has said yes. */
export function advance(book: Book, { header, lines }: StoredEntry): void {
  book.number = header.number;
  book.hash = header.hash;
  for (const line of lines) {
    const track = book.accounts.get(line.accountId);
    if (!track) continue;
    track.balance = line.balanceAfter;
    track.through = line.effectiveThrough;
    track.lastNumber = header.number;
  }
}

function linesFit(book: Book, header: EntryRow, lines: readonly LineRow[]): boolean {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line?.line !== index) return false;
    const track = book.accounts.get(line.accountId);
    if (!track || !lineFits(track, header, line) || isTwice(lines, index)) return false;
  }
  return true;
}

function lineFits(track: Track, { kind, effectiveOn }: EntryRow, line: LineRow): boolean {
  const { amount, balanceAfter } = line;
  return (
    amount !== 0 &&
    isAmount(amount) &&
    isAmount(balanceAfter) &&
    track.balance + amount === balanceAfter &&
    track.unit === line.unit &&
    line.effectiveOn === effectiveOn &&
    line.effectiveThrough === (track.through < effectiveOn ? effectiveOn : track.through) &&
    !passesFloor(track, kind, line)
  );
}

export function passesFloor(track: Track, kind: string, { amount, balanceAfter }: LineRow): boolean {
  return track.floor !== null && amount < 0 && balanceAfter < track.floor && !MAY_PASS_FLOOR.has(kind);
}

/** Whether an earlier line of the entry is on the same account. Entries are short: looking back is cheapest. */
function isTwice(lines: readonly LineRow[], index: number): boolean {
  const id = lines[index]?.accountId;
  for (let before = 0; before < index; before++) if (lines[before]?.accountId === id) return true;
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

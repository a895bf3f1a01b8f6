import type { BadRow } from '../../shared/ledger/verification.ts';
import type { LineRow } from './journal-rows.ts';
import { SEAL_VERSION } from './seal.ts';
import { type Book, KINDS, type StoredEntry, sumsByUnit, type Track } from './verify-entry.ts';
import { bad, type Check } from './verify-rows.ts';

export interface Suspect extends StoredEntry {
  /** As it stands before this entry, every row of it verified. */
  readonly book: Book;
  /** Where the book ends, as its head says. */
  readonly headNumber: number;
}

interface Repair extends StoredEntry {
  /** The row that was changed, if this repair makes the seal whole. */
  readonly bad: BadRow;
}

/** Tried at most for one entry, so that a broken book is named in good time too. */
const TRIES_MAX = 20_000;
const SWAPPED_LINES_MAX = 40;

/** Ways in which one row may have been changed, each set right. */
export function* repairs(suspect: Suspect): Generator<Repair> {
  yield* ofTheHeader(suspect);
  yield* ofOneLine(suspect);
  yield* ofTheNumbering(suspect);
  yield* ofAWholeLine(suspect);
}

function* ofTheHeader({ book, header, lines }: Suspect): Generator<Repair> {
  const { number } = header;
  const set = <Field extends keyof typeof header>(
    check: Check,
    field: Field,
    value: (typeof header)[Field],
  ) => ({
    header: { ...header, [field]: value },
    lines,
    bad: bad('journal', { check, number, expected: value, found: header[field] }),
  });
  yield set('chain', 'previousHash', book.hash);
  yield set('lines', 'lineCount', lines.length);
  yield set('version', 'sealVersion', SEAL_VERSION);
  const [first] = lines;
  if (first) yield set('day', 'effectiveOn', first.effectiveOn);
  for (const kind of KINDS) yield set('kind', 'kind', kind);
}

/** Each figure of a line that follows from the account, the header or the line's other figure. */
function* ofOneLine({ book, header, lines }: Suspect): Generator<Repair> {
  for (const [index, row] of lines.entries()) {
    const set = (
      check: Check,
      expected: string | number,
      found: string | number,
      change: Partial<LineRow>,
    ) => ({
      header,
      lines: lines.with(index, { ...row, ...change }),
      bad: bad('postings', {
        check,
        number: row.number,
        line: row.line,
        accountId: row.accountId,
        expected,
        found,
      }),
    });
    yield set('day', header.effectiveOn, row.effectiveOn, { effectiveOn: header.effectiveOn });
    const track = book.accounts.get(row.accountId);
    if (!track) continue;
    const amount = row.balanceAfter - track.balance;
    const balanceAfter = track.balance + row.amount;
    const effectiveThrough = laterDay(track.through, header.effectiveOn);
    yield set('amount', amount, row.amount, { amount });
    yield set('balance', balanceAfter, row.balanceAfter, { balanceAfter });
    yield set('unit', track.unit, row.unit, { unit: track.unit });
    yield set('through', effectiveThrough, row.effectiveThrough, { effectiveThrough });
  }
}

/** A line too many, a line that was given another number, or two that were exchanged. */
function* ofTheNumbering({ header, lines }: Suspect): Generator<Repair> {
  if (lines.length === header.lineCount + 1) {
    for (const [index, row] of lines.entries()) {
      yield { header, lines: lines.toSpliced(index, 1), bad: extraLine(row) };
    }
  }
  const line = firstFree(new Set(lines.map((row) => row.line)));
  for (const [index, row] of lines.entries()) {
    if (line >= lines.length) break;
    const renumbered = lines.with(index, { ...row, line }).sort((a, b) => a.line - b.line);
    yield { header, lines: renumbered, bad: wrongNumber(row, line) };
  }
  for (const [index, row] of lines.slice(0, SWAPPED_LINES_MAX).entries()) {
    for (const [other, with_] of lines.slice(0, index).entries()) {
      const swapped = lines
        .with(other, { ...row, line: with_.line })
        .with(index, { ...with_, line: row.line });
      yield { header, lines: swapped, bad: wrongNumber(with_, row.line) };
    }
  }
}

function wrongNumber({ number, line, accountId }: LineRow, expected: number): BadRow {
  return bad('postings', { check: 'line', number, line, accountId, expected, found: line });
}

/**
 * A line put in another's place: where the rest of the entry and its account say what the line must have been,
 * only the account is open, and each of the unit is tried.
 */
function* ofAWholeLine({ book, header, lines }: Suspect): Generator<Repair> {
  let tries = 0;
  for (const [index, row] of lines.entries()) {
    const rest = sumsByUnit(lines.toSpliced(index, 1));
    const open = [...rest].filter(([, sum]) => sum !== 0);
    const [unit, sum] = open[0] ?? [];
    if (unit === undefined || sum === undefined || open.length > 1) continue;
    for (const track of book.accounts.values()) {
      if (track.unit !== unit) continue;
      if ((tries += 1) > TRIES_MAX) return;
      yield wholeLine({ header, lines }, index, row, { track, amount: 0 - sum });
    }
  }
}

function wholeLine(
  { header, lines }: StoredEntry,
  index: number,
  row: LineRow,
  { track, amount }: { track: Track; amount: number },
): Repair {
  const { number, line, accountId } = row;
  const effectiveThrough = laterDay(track.through, header.effectiveOn);
  const restored: LineRow = {
    number,
    line,
    accountId: track.id,
    unit: track.unit,
    amount,
    balanceAfter: track.balance + amount,
    effectiveOn: header.effectiveOn,
    effectiveThrough,
  };
  const check = accountId === track.id ? 'amount' : 'account';
  const expected = `${track.id} ${amount}`;
  return {
    header,
    lines: lines.with(index, restored),
    bad: bad('postings', { check, number, line, accountId, expected, found: `${accountId} ${row.amount}` }),
  };
}

function laterDay(one: string, other: string): string {
  return one < other ? other : one;
}

export function extraLine({ number, line, accountId, amount }: LineRow): BadRow {
  return bad('postings', { check: 'orphan', number, line, accountId, expected: '', found: amount });
}

/** The smallest line number, from 0, that none of these has. */
export function firstFree(there: ReadonlySet<number>): number {
  let line = 0;
  while (there.has(line)) line += 1;
  return line;
}

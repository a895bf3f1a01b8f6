import type { BadRow } from '../../shared/ledger/verification.ts';
import { isAmount } from '../../shared/points.ts';
import type { FactRow, LineRow } from './journal-rows.ts';
import { factsDigest, SEAL_VERSION, SEAL_VERSIONS, sealHash } from './seal.ts';
import {
  bad,
  type Book,
  type Check,
  isLineCountOf,
  passesFloor,
  sealsFacts,
  type StoredEntry,
  sumsByUnit,
  type AccountTrack,
} from './verify-entry.ts';

export interface Suspect extends StoredEntry {
  /** The book before this entry, every row of it verified. */
  readonly book: Book;
  readonly facts: readonly FactRow[];
  /** The number at which the book ends, by its head. */
  readonly headNumber: number;
}

/**
 * Finds the row to blame in an entry that does not fit. If the seal is broken, one field at a time is set to the
 * value that the rest of the book implies: the repair that makes the seal whole names the row. If none does, or
 * the seal is whole, the first misfit is named.
 */
export async function blame(suspect: Suspect, bookIdFitsLater: () => Promise<boolean>): Promise<BadRow> {
  const { book, header, lines } = suspect;
  if (header.number !== book.number + 1) {
    // An entry after the head is one too many; a number up to the head is missing.
    const isExtra = header.number <= book.number || book.number >= suspect.headNumber;
    const number = isExtra ? header.number : book.number + 1;
    return bad('journal', { check: 'gap', number, expected: book.number + 1, found: header.number });
  }
  const sealed = sealHash(book.bookId, header, lines);
  if (sealed === header.hash) return findHeader(suspect) ?? findLine(suspect) ?? findSum(suspect);
  for (const repair of repairs(suspect)) {
    if (sealHash(book.bookId, repair.header, repair.lines) === header.hash) return repair.bad;
  }
  if (header.previousHash !== book.hash) {
    if (header.number === 1 && !(await bookIdFitsLater())) {
      return bad('ledger_heads', { check: 'book', expected: header.previousHash, found: book.hash });
    }
    return brokenChain(suspect);
  }
  if (sealed === null) {
    return bad('journal', {
      check: 'version',
      number: header.number,
      expected: SEAL_VERSION,
      found: header.sealVersion,
    });
  }
  return (
    findMissing(suspect) ??
    findLine(suspect) ??
    bad('journal', { check: 'seal', number: header.number, expected: sealed, found: header.hash })
  );
}

function brokenChain({ book, header }: Suspect): BadRow {
  return bad('journal', {
    check: 'chain',
    number: header.number,
    expected: book.hash,
    found: header.previousHash,
  });
}

/** Finds a field of the header that does not fit though it was sealed so. */
function findHeader(suspect: Suspect): BadRow | null {
  const { book, header, lines } = suspect;
  const { number } = header;
  if (header.previousHash !== book.hash) return brokenChain(suspect);
  if (header.lineCount !== lines.length || !isLineCountOf(book.kinds, header, lines.length)) {
    return bad('journal', { check: 'lines', number, expected: header.lineCount, found: lines.length });
  }
  const { entries } = book.kinds;
  if (!Object.hasOwn(entries, header.kind)) {
    const expected = Object.keys(entries).join(' | ');
    return bad('journal', { check: 'kind', number, expected, found: header.kind });
  }
  return sealsFacts(header)
    ? null
    : bad('journal', { check: 'facts', number, expected: null, found: header.factsDigest });
}

/** Finds a line that is missing, or one too many. */
function findMissing({ header, lines }: Suspect): BadRow | null {
  const { number, lineCount } = header;
  if (lines.length === 0 && lineCount > 0)
    return bad('journal', { check: 'lines', number, expected: lineCount, found: 0 });
  const there = new Set(lines.map((row) => row.line));
  if (lines.length < lineCount) {
    const line = firstFree(there);
    return bad('postings', { check: 'missing', number, line, expected: lineCount, found: lines.length });
  }
  const extra = lines.find((row) => row.line < 0 || row.line >= lineCount);
  return lines.length > lineCount && extra ? extraLine(extra) : null;
}

/** Finds the first line that does not fit its account and its header. */
function findLine(suspect: Suspect): BadRow | null {
  const seen = new Set<string>();
  for (const [index, row] of suspect.lines.entries()) {
    const found = wrongLine(suspect, row, index) ?? (seen.has(row.accountId) ? extraLine(row) : null);
    if (found) return found;
    seen.add(row.accountId);
  }
  return null;
}

function wrongLine({ book, header }: Suspect, row: LineRow, index: number): BadRow | null {
  const { number, line, accountId, amount, balanceAfter } = row;
  const wrong = (check: Check, expected: string | number, found: string | number) =>
    bad('postings', { check, number, line, accountId, expected, found });
  if (line !== index) return wrong('line', index, line);
  const track = book.accounts.get(accountId);
  if (!track)
    return bad('accounts', { check: 'missing', number, line, accountId, expected: accountId, found: '' });
  if (row.unit !== track.unit) return wrong('unit', track.unit, row.unit);
  if (row.effectiveOn !== header.effectiveOn) return wrong('day', header.effectiveOn, row.effectiveOn);
  if (amount === 0 || !isAmount(amount)) return wrong('amount', balanceAfter - track.balance, amount);
  if (track.balance + amount !== balanceAfter) return wrong('balance', track.balance + amount, balanceAfter);
  const through = track.through < header.effectiveOn ? header.effectiveOn : track.through;
  if (row.effectiveThrough !== through) return wrong('through', through, row.effectiveThrough);
  if (passesFloor(book.kinds, track, header.kind, row)) return wrong('floor', track.floor ?? 0, balanceAfter);
  return null;
}

function findSum({ header, lines }: Suspect): BadRow {
  const [unit, sum] = [...sumsByUnit(lines)].find(([, total]) => total !== 0) ?? ['', 0];
  return bad('journal', {
    check: 'sum',
    number: header.number,
    expected: `0 ${unit}`,
    found: `${sum} ${unit}`,
  });
}

interface Repair extends StoredEntry {
  /** The row that was changed, if this repair makes the seal whole. */
  readonly bad: BadRow;
}

/** One entry is tried this often at most, so that a broken book is named in good time too. */
const TRIES_MAX = 20_000;
const SWAPPED_LINES_MAX = 40;

/** Undoes, one after the other, the changes that may have been made to one row. */
function* repairs(suspect: Suspect): Generator<Repair> {
  yield* repairedHeaders(suspect);
  yield* repairedLines(suspect);
  yield* repairedNumbering(suspect);
  yield* replacedLines(suspect);
}

function* repairedHeaders({ book, header, lines, facts }: Suspect): Generator<Repair> {
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
  for (const version of SEAL_VERSIONS) yield set('version', 'sealVersion', version);
  yield set('facts', 'factsDigest', factsDigest(facts));
  const [first] = lines;
  if (first) yield set('day', 'effectiveOn', first.effectiveOn);
  for (const kind of Object.keys(book.kinds.entries)) yield set('kind', 'kind', kind);
}

/** Repairs each figure of a line that follows from the account, the header or the line's other figure. */
function* repairedLines({ book, header, lines }: Suspect): Generator<Repair> {
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

/** Repairs a line too many, a line that was given another number, or two that were exchanged. */
function* repairedNumbering({ header, lines }: Suspect): Generator<Repair> {
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
 * Repairs a line that was put in another's place. The rest of the entry implies unit and amount; only the account
 * is open, and each account of the unit is tried.
 */
function* replacedLines({ book, header, lines }: Suspect): Generator<Repair> {
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
  { track, amount }: { track: AccountTrack; amount: number },
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

function extraLine({ number, line, accountId, amount }: LineRow): BadRow {
  return bad('postings', { check: 'orphan', number, line, accountId, expected: '', found: amount });
}

/** Finds the smallest line number, from 0, that none of these has. */
function firstFree(there: ReadonlySet<number>): number {
  let line = 0;
  while (there.has(line)) line += 1;
  return line;
}

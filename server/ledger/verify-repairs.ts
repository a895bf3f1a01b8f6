import {
  bad,
  type AccountTrack,
  type Book,
  type Check,
  isNumbered,
  type StoredEntry,
  sumsByUnit,
} from './verify-entry.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import type { FactRow, LineRow } from './journal-rows.ts';
import { factsDigest, SEAL_VERSIONS } from './seal.ts';

export interface Suspect extends StoredEntry {
  /** The book before this entry, every row of it verified. */
  readonly book: Book;
  readonly facts: readonly FactRow[];
  /** The number at which the book ends, by its head. */
  readonly headNumber: number;
}

interface Repair extends StoredEntry {
  /** The row that was changed, if this repair makes the seal whole. */
  readonly bad: BadRow;
}

/** One entry is tried this often at most, so that a broken book is named in good time too. */
const TRIES_MAX = 20_000;
const SWAPPED_LINES_MAX = 40;

/** Undoes, one after the other, the changes that may have been made to one row. */
export function* repairs(suspect: Suspect): Generator<Repair> {
  yield* repairedHeaders(suspect);
  yield* repairedLines(suspect);
  yield* repairedNumbering(suspect);
  yield* replacedLines(suspect);
  yield* exchangedAccounts(suspect);
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

/** Gives two lines each other's account: the accounts may have taken each other's number. */
function* exchangedAccounts({ header, lines }: Suspect): Generator<Repair> {
  for (const [index, row] of lines.slice(0, SWAPPED_LINES_MAX).entries()) {
    for (const [other, with_] of lines.slice(0, index).entries()) {
      const { number, line, accountId } = with_;
      const exchanged = lines
        .with(other, { ...with_, accountId: row.accountId, unit: row.unit })
        .with(index, { ...row, accountId, unit: with_.unit });
      yield {
        header,
        lines: exchanged,
        bad: bad('postings', {
          ...{ check: 'account', number, line, accountId },
          ...{ expected: row.accountId, found: accountId },
        }),
      };
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

export function extraLine({ number, line, accountId, amount }: LineRow): BadRow {
  return bad('postings', { check: 'orphan', number, line, accountId, expected: '', found: amount });
}

/** Finds the smallest line number, from 0, that none of these has. */
export function firstFree(there: ReadonlySet<number>): number {
  let line = 0;
  while (there.has(line)) line += 1;
  return line;
}

/** Finds an account that the entry names first, and that has not the next number. */
export function findNumber({ book, lines }: StoredEntry & Pick<Suspect, 'book'>): BadRow | null {
  let { used } = book;
  for (const { accountId } of lines) {
    const track = book.accounts.get(accountId);
    if (track?.lastNumber === 0 && !isNumbered(track, (used += 1)))
      return bad('accounts', { check: 'account', accountId, expected: used, found: track.number });
  }
  return null;
}

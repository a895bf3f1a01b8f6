import type { BadRow } from '../../shared/contract/ledger.ts';
import type { LineRow } from './journal-rows.ts';
import { SEAL_VERSION } from './seal.ts';
import type { Book, StoredEntry } from './verify-entry.ts';
import { bad, type Check } from './verify-rows.ts';

export interface Suspect extends StoredEntry {
  /** As it stands before this entry, every row of it verified. */
  readonly book: Book;
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
  yield* ofTheAccount(suspect);
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
    const effectiveThrough = track.through < header.effectiveOn ? header.effectiveOn : track.through;
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
  const renumbered = (at: number, to: number) => lines.with(at, { ...(lines[at] as LineRow), line: to });
  for (const [index, row] of lines.entries()) {
    if (line >= lines.length) break;
    yield {
      header,
      lines: renumbered(index, line).sort((a, b) => a.line - b.line),
      bad: wrongNumber(row, line),
    };
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

/** A line that was moved to another account of the same unit. */
function* ofTheAccount({ book, header, lines }: Suspect): Generator<Repair> {
  let tries = 0;
  for (const [index, row] of lines.entries()) {
    for (const { id, unit } of book.accounts.values()) {
      if (unit !== row.unit || id === row.accountId) continue;
      if ((tries += 1) > TRIES_MAX) return;
      yield {
        header,
        lines: lines.with(index, { ...row, accountId: id }),
        bad: bad('postings', {
          check: 'account',
          number: row.number,
          line: row.line,
          accountId: row.accountId,
          expected: id,
          found: row.accountId,
        }),
      };
    }
  }
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

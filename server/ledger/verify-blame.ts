import type { BadRow } from '../../shared/ledger/verification.ts';
import { isAmount } from '../../shared/points.ts';
import type { LineRow } from './journal-rows.ts';
import { SEAL_VERSION, sealHash } from './seal.ts';
import { bad, type Check, isLineCountOf, passesFloor, sealsFacts, sumsByUnit } from './verify-entry.ts';
import { extraLine, findNumber, firstFree, repairs, type Suspect } from './verify-repairs.ts';

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
    if (sealHash(book.bookId, repair.header, repair.lines) !== header.hash) continue;
    // Accounts that have taken each other's number look like lines that were exchanged, but for the order of their first use.
    return findNumber({ book, ...repair }) ?? repair.bad;
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
  return findNumber(suspect);
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

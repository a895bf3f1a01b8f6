import type { ReadingOptions, RosterReading, RosterRow } from '../../shared/imports/papers.ts';
import { isShortNumber } from '../../shared/households/original-number.ts';
import type { Tables } from './cells.ts';
import type { Findings } from './findings.ts';
import { shortened, type Line } from './lines.ts';
import { numbersAfter, WIDTH_LEAST } from './numbers.ts';
import { openPaper, readingParts, type Opened } from './reading.ts';
import { ascii, cleanName, numberKey, orEmpty, parseCount, parsePhone } from './text.ts';
import { groupFiller, readNumber, settleAndSay } from './household-ref.ts';
import { ROSTER_WORDS } from './header-patterns.ts';

interface Entry {
  readonly line: Line;
  readonly row: RosterRow;
}

const SIZE_MOST = 30;
const HEAD_MOST = 40;
const NOTE_MOST = 200;

/** The households of a roster: number, group, head, size, phone, note. */
export function understandRoster(tables: Tables, options: ReadingOptions = {}): RosterReading {
  const opened = openPaper(tables, ROSTER_WORDS, options);
  const entries = readEntries(opened);
  const { findings } = opened;
  const width = settleAndSay(entries, findings);
  const kept = withoutDuplicates(entries, findings);
  keepOriginals(kept, findings);
  giveNumbers(kept, width, findings);
  const rows = kept.map(({ row }) => row);
  return { kind: 'roster', ...readingParts(tables, opened, rows.length), rows };
}

function readEntries(opened: Opened): Entry[] {
  const { findings } = opened;
  const entries: Entry[] = [];
  const groupOf = groupFiller(opened);
  /** The household whose members follow. */
  let current: RosterRow | null = null;
  for (const line of opened.lines) {
    const group = groupOf(line);
    if (isMember(line)) {
      findings.skip('skip_member', line.sheet, line.row, line.text('head'));
      if (current && !line.has('size')) countMember(current, findings);
      continue;
    }
    const head = readHead(line, findings);
    const number = readNumber(line);
    current = null;
    if (head === null || number === null) continue;
    if (group === '' && line.has('group')) line.problem('warning', 'group_missing', 'group');
    current = {
      sheet: line.sheet,
      sourceRow: line.row,
      number,
      originalNumber: null,
      group,
      head,
      size: line.has('size') ? readSize(line) : line.has('relation') ? 1 : null,
      phone: readPhone(line, findings),
      note: shortened(line, 'note', orEmpty(line.text('note')), NOTE_MOST),
    };
    entries.push({ line, row: current });
  }
  return entries;
}

function isMember(line: Line): boolean {
  const relation = cleanName(line.text('relation'));
  return relation !== '' && !/^(?:户主|本人|本户户主|户主本人|之?户主)$/.test(relation);
}

function countMember(household: RosterRow, findings: Findings): void {
  household.size = Math.min((household.size ?? 0) + 1, SIZE_MOST);
  findings.assume('assume_members_counted');
}

function readHead(line: Line, findings: Findings): string | null {
  const text = line.text('head');
  const head = cleanName(orEmpty(text));
  if (head === '') {
    line.problem('error', 'head_missing', 'head');
    return null;
  }
  if (!/\p{L}/u.test(head) || Array.from(head).length > HEAD_MOST) {
    line.problem('error', 'head_unreadable', 'head');
    return null;
  }
  // A replacement sign, an empty box, or a character only one old font knew.
  if (/[?？□■*\ufffd\p{Co}]/u.test(head)) line.problem('warning', 'head_character_lost', 'head');
  if (/\s/.test(text) && head !== text) findings.assume('assume_names_joined', {}, line.address('head'));
  return head;
}

function readSize(line: Line): number | null {
  const text = orEmpty(line.text('size'));
  if (text === '') return null;
  const size = parseCount(text);
  if (size !== null && size >= 1 && size <= SIZE_MOST) return size;
  line.problem('warning', 'size_invalid', 'size');
  return null;
}

function readPhone(line: Line, findings: Findings): string | null {
  const text = orEmpty(line.text('phone'));
  if (text === '') return null;
  const { digits, partly } = parsePhone(text);
  if (digits === null)
    line.problem('warning', 'phone_invalid', 'phone', { digits: ascii(text).replace(/\D/g, '').length });
  else if (partly) line.problem('warning', 'phone_partly', 'phone', { phone: digits });
  else if (digits !== text) findings.assume('assume_phones_cleaned', {}, line.address('phone'));
  return digits;
}

/** The first of two rows for one household is kept; a number two heads claim is an error. */
function withoutDuplicates(entries: readonly Entry[], findings: Findings): Entry[] {
  const byNumber = new Map<string, Entry>();
  const byPerson = new Map<string, Entry>();
  return entries.filter((entry) => {
    const { line, row } = entry;
    const { number, head, group, phone } = row;
    const sameNumber = number === '' ? undefined : byNumber.get(numberKey(number));
    if (sameNumber && sameNumber.row.head !== head) {
      line.problem('error', 'number_taken', 'number', {
        number,
        row: sameNumber.row.sourceRow,
        head: sameNumber.row.head,
      });
      return false;
    }
    const person = `${head}\n${group}\n${phone ?? ''}`;
    const samePerson = byPerson.get(person);
    const first = sameNumber ?? (phone === null ? undefined : samePerson);
    if (first) {
      const field = sameNumber ? 'number' : 'head';
      const code = sameNumber ? 'duplicate_number' : 'duplicate_person';
      findings.duplicate(code, line.repeats(field, first.row), { number, head });
      return false;
    }
    if (samePerson && (number === '' || samePerson.row.number === '')) {
      line.problem('warning', 'same_name', 'head', { row: samePerson.line.row, group, head });
    }
    if (number !== '') byNumber.set(numberKey(number), entry);
    if (!samePerson) byPerson.set(person, entry);
    return true;
  });
}

/**
 * Keeps a number that cannot be typed on a pad (SQ-0001) as the original one. If all of them end in digits of their own,
 * these digits become the number (SQ-0007 → 007), so that whoever says seven means the same household.
 */
function keepOriginals(entries: readonly Entry[], findings: Findings): void {
  const numbered = entries.filter(({ row }) => row.number !== '');
  const originals = numbered.filter(({ row }) => !isShortNumber(row.number));
  const digits =
    originals.length === numbered.length ? ownDigits(originals.map(({ row }) => row.number)) : null;
  originals.forEach(({ row }, index) => {
    findings.assume('assume_short_numbers', {}, row.number);
    row.originalNumber = row.number;
    row.number = digits?.[index] ?? '';
  });
}

/** The digits at the end of each number in one width, if they are few and tell the numbers apart; else null. */
function ownDigits(numbers: readonly string[]): string[] | null {
  const ends = numbers.map((number) => /^\D+0*(\d{1,4})$/.exec(number)?.[1]);
  const found = ends.filter((end) => end !== undefined);
  if (found.length < numbers.length || new Set(found).size < numbers.length) return null;
  const width = found.reduce((most, end) => Math.max(most, end.length), WIDTH_LEAST);
  return found.map((end) => end.padStart(width, '0'));
}

/** Households without a number get one after the largest, in the paper's order: the same paper gives the same numbers. */
function giveNumbers(entries: readonly Entry[], width: number, findings: Findings): void {
  const without = entries.filter(({ row }) => row.number === '');
  const all = entries.map(({ row }) => row);
  const numbers = numbersAfter(all, Math.max(width, String(without.length).length), without.length);
  const isNoneWritten = all.every(({ number, originalNumber }) => number === '' && originalNumber === null);
  without.forEach(({ line, row }, index) => {
    row.number = numbers[index] ?? '';
    if (isNoneWritten || row.originalNumber !== null) return;
    line.problem('warning', 'number_missing', line.has('number') ? 'number' : 'head', { number: row.number });
  });
  if (isNoneWritten && entries.length > 0) {
    findings.assume('assume_numbers_given', { first: numbers[0] ?? '', last: numbers.at(-1) ?? '' });
  }
}

import { ascii, groupOrdinal, numberKey } from './text.ts';

export const WIDTH_LEAST = 3;
/** Longer all-digit numbers are codes with a meaning of their own; other numbers are not padded to their width. */
const PADDABLE = /^\d{1,6}$/;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const DATE = new RegExp(
  [
    '(?:\\d{1,4}年)?\\d{1,2}月\\d{1,2}日?$',
    '(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}',
    `\\d{1,2}-${MONTH}`,
    `${MONTH}-\\d{1,2}`,
  ]
    .map((form) => `^${form}`)
    .join('|'),
  'i',
);

/** The household number in a cell: '' for none, null if it cannot be one. */
export function parseNumber(text: string): string | null {
  const plain = ascii(text)
    .replace(/\s/g, '')
    .replace(/^(?:No\.?|№|第)/i, '')
    .replace(/[号户]$/, '')
    .replace(/\.0+$/, '');
  if (/^-*$/.test(plain)) return '';
  const fits = /^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff-]{0,19}$/.test(plain) && /\d/.test(plain);
  return fits && !looksLikeDate(plain) ? plain : null;
}

/** True for the dates that a spreadsheet makes of "1-2": 1月2日, 2-Jan, 2026-1-2. */
export function looksLikeDate(text: string): boolean {
  return DATE.test(ascii(text));
}

export interface Numbered {
  /** The number as parsed; '' if the paper has none. */
  number: string;
  readonly group: string;
  readonly head: string;
}

interface Settled {
  readonly width: number;
  /** Indexes whose number got zeros in front. */
  readonly padded: readonly number[];
  /** Groups number their households each from 1, so the group's number went in front. */
  readonly perGroup: boolean;
}

/** Brings the numbers of one paper to one form, in place. */
export function settleNumbers(items: readonly Numbered[]): Settled {
  const perGroup = groupsReuseNumbers(items);
  if (perGroup) putGroupInFront(items);
  const width = widthOf(items);
  const padded: number[] = [];
  items.forEach((item, index) => {
    if (!/^\d+$/.test(item.number) || item.number.length >= width) return;
    item.number = item.number.padStart(width, '0');
    padded.push(index);
  });
  return { width, padded: perGroup ? [] : padded, perGroup };
}

/** Numbers after the largest one in use, in the same width. */
export function numbersAfter(items: readonly Numbered[], width: number, count: number): string[] {
  const inUse = items.filter(({ number }) => PADDABLE.test(number)).map(({ number }) => Number(number));
  const largest = inUse.reduce((a, b) => Math.max(a, b), 0);
  return Array.from({ length: count }, (_, index) => String(largest + 1 + index).padStart(width, '0'));
}

function widthOf(items: readonly Numbered[]): number {
  const missing = items.some(({ number }) => number === '');
  return Math.max(
    WIDTH_LEAST,
    missing ? String(items.length).length : 0,
    mostDigits(items.map(({ number }) => number)),
  );
}

/** The longest of the numbers that may be padded. */
function mostDigits(numbers: readonly string[]): number {
  return numbers.reduce((most, number) => (PADDABLE.test(number) ? Math.max(most, number.length) : most), 0);
}

/** A fifth of the rows share their number with another head of another group. */
function groupsReuseNumbers(items: readonly Numbered[]): boolean {
  const seen = new Map<string, Numbered>();
  let shared = 0;
  for (const item of items) {
    const first = seen.get(numberKey(item.number));
    if (!first) seen.set(numberKey(item.number), item);
    else if (item.number !== '' && first.group !== item.group && first.head !== item.head) shared += 1;
  }
  return shared >= 3 && shared * 5 >= items.length;
}

function putGroupInFront(items: readonly Numbered[]): void {
  const groups = [...new Set(items.map(({ group }) => group))];
  const ordinals = groups.map(groupOrdinal);
  const byName = ordinals.includes(null);
  const width = Math.max(2, mostDigits(items.map(({ number }) => numberKey(number))));
  for (const item of items) {
    if (!PADDABLE.test(item.number)) continue;
    const index = groups.indexOf(item.group);
    const prefix = byName ? index + 1 : (ordinals[index] ?? 0);
    item.number = `${prefix}${Number(item.number).toString().padStart(width, '0')}`;
  }
}

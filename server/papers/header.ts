import type { PaperField } from '../../shared/imports/papers.ts';
import type { Cell, Row, Table } from './cells.ts';
import { headerWord } from './text.ts';
import { IDENTITY_HEADER, type PaperWords } from './header-patterns.ts';

export type Columns = ReadonlyMap<PaperField, number>;

/** A header of one or two rows, and the columns that its words name. With no rows the paper begins with data. */
export interface Header {
  readonly rows: 0 | 1 | 2;
  /** Its last row, counted from 1. */
  readonly end: number;
  /** The text over every column. */
  readonly texts: readonly string[];
  readonly columns: Columns;
  readonly score: number;
}

const ROWS_SEARCHED = 40;
const LONGEST_WORD = 20;
const STRONG = 3;
const WEAK = 2;
const LAST = 1;

/** The row that explains most columns, the first of equals. */
export function findHeader(table: Table, words: PaperWords): Header | null {
  let best: Header | null = null;
  const last = Math.min(table.rows.length, ROWS_SEARCHED);
  for (let end = 1; end <= last; end += 1) {
    const header = headerAt(table, end, words);
    const fits = hasEnough(header.columns, words) && looksLikeHeader(table.rows[end - 1] ?? []);
    if (fits && header.score > (best?.score ?? 0)) best = header;
  }
  return best;
}

/** The header that ends with this row, in one row or two, whichever explains more. */
export function headerAt(table: Table, end: number, words: PaperWords): Header {
  const one = matchColumns(table, end === 0 ? 0 : 1, end, words);
  if (end < 2) return one;
  const two = matchColumns(table, 2, end, words);
  return two.score > one.score ? two : one;
}

export function hasEnough(columns: Columns, words: PaperWords): boolean {
  return words.needs.every((oneOf) => oneOf.some((field) => columns.has(field)));
}

/** More than one word in the row, unless the sheet has one column only. */
function looksLikeHeader(row: Row): boolean {
  return row.length === 1 || new Set(row.filter((cell) => cell)).size > 1;
}

function matchColumns(table: Table, rows: Header['rows'], end: number, words: PaperWords): Header {
  const texts = headerTexts(table, rows, end);
  const matches = texts
    .flatMap((candidates, index) => candidates.flatMap((text, nth) => matchWord(text, words, index, nth)))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  const columns = new Map<PaperField, number>();
  const taken = new Set<number>();
  let score = 0;
  for (const { field, index, weight } of matches) {
    if (columns.has(field) || taken.has(index)) continue;
    columns.set(field, index);
    taken.add(index);
    score += weight;
  }
  return { rows, end, texts: texts.map(([text]) => text ?? ''), columns, score };
}

function matchWord(text: string, words: PaperWords, index: number, nth: number) {
  const word = headerWord(text);
  if (word === '' || word.length > LONGEST_WORD || IDENTITY_HEADER.test(word)) return [];
  const strong = words.fields.find((field) => field.strong.test(word));
  if (strong) return [{ field: strong.field, index, weight: STRONG - nth }];
  const weak = words.fields.filter((field) => field.weak?.test(word));
  if (weak.length > 0) return weak.map(({ field }) => ({ field, index, weight: WEAK - nth }));
  const last = words.fields.filter((field) => field.last?.test(word));
  return last.map(({ field }) => ({ field, index, weight: LAST / (nth + 1) }));
}

/** The text over each column: both rows together first (户主 + 姓名), then the lower one alone. */
function headerTexts(table: Table, rows: Header['rows'], end: number): string[][] {
  const lower = table.rows[end - 1] ?? [];
  if (rows === 0) return [];
  if (rows === 1) return Array.from(lower, (cell) => [cell?.text ?? '']);
  const upper = table.rows[end - 2] ?? [];
  const width = Math.max(upper.length, lower.length);
  return Array.from({ length: width }, (_, index) => stacked(upper[index], lower[index]));
}

function stacked(above: Cell | undefined, below: Cell | undefined): string[] {
  if (!below || above === below) return [above?.text ?? ''];
  return above ? [above.text + below.text, below.text] : [below.text];
}

import type { PaperField, ReadingOptions } from '../../shared/contract/papers.ts';
import { columnIndex, columnLetter, type Cell, type Row, type Table, type Tables } from './cells.ts';
import type { Findings } from './findings.ts';
import { headerWord } from './text.ts';
import { IDENTITY_HEADER, type PaperWords } from './words.ts';

/** Where things stand on one sheet. */
export interface Layout {
  readonly table: Table;
  /** Rows before the first row of data; null when no header was found. */
  readonly headerRow: number | null;
  readonly columns: ReadonlyMap<PaperField, number>;
  /** The header's text over every column. */
  readonly headers: readonly string[];
  readonly identityColumns: ReadonlySet<number>;
}

export interface LaidOut {
  /** The sheet shown for correcting by hand, understood or not. */
  readonly shown: Layout | undefined;
  /** The sheets understood well enough to be read. */
  readonly layouts: readonly Layout[];
}

interface Header {
  readonly rows: 0 | 1 | 2;
  readonly end: number;
  readonly score: number;
  readonly columns: ReadonlyMap<PaperField, number>;
}

const ROWS_SEARCHED = 40;
const STRONG = 3;
const WEAK = 2;

/** The sheets to read and their columns: by hand where a person has said so, guessed elsewhere. */
export function layOut(
  tables: Tables,
  words: PaperWords,
  options: ReadingOptions,
  findings: Findings,
): LaidOut {
  const filled = tables.sheets.filter(({ rows }) => rows.length > 0);
  const chosen = chooseSheets(filled, words, options, findings);
  const left = filled.filter((table) => !chosen.includes(table)).map(({ name }) => name);
  if (left.length > 0) findings.assume('assume_sheet_left', { sheets: left.join('、') });
  if (chosen.length > 1) findings.assume('assume_sheets_joined', { sheets: chosen.map(({ name }) => name).join('、') });

  const layouts = chosen.map((table) => layOutSheet(table, words, options, findings));
  const [first] = layouts;
  if (!first) return { shown: undefined, layouts: [] };
  if (first.headerRow === null) sheetProblem(findings, first.table, 'header_missing', '');
  else reportMissing(first, words, findings);
  return { shown: first, layouts: layouts.filter((layout) => hasEnough(layout.columns, words)) };
}

function reportMissing(layout: Layout, words: PaperWords, findings: Findings): void {
  for (const oneOf of words.needs) {
    if (oneOf.some((field) => layout.columns.has(field))) continue;
    const label = words.fields.find(({ field }) => field === oneOf[0])?.label ?? '';
    sheetProblem(findings, layout.table, 'column_missing', label, { field: label });
  }
}

function chooseSheets(
  sheets: readonly Table[],
  words: PaperWords,
  options: ReadingOptions,
  findings: Findings,
): Table[] {
  if (options.sheet !== undefined) {
    const named = sheets.filter(({ name }) => name === options.sheet);
    if (named.length === 0) {
      const where = { sheet: options.sheet, row: null, cell: null, column: null, value: options.sheet };
      findings.problem('error', 'sheet_missing', where);
    }
    return named;
  }
  const visible = sheets.filter(({ hidden }) => !hidden);
  const found = visible.flatMap((table) => {
    const header = findHeader(table, words);
    return header && hasEnough(header.columns, words) ? [{ table, header, signature: signature(table, header) }] : [];
  });
  // Nothing looks like this paper: the fullest sheet is shown, for choosing by hand.
  const fullest = visible.toSorted((a, b) => b.rows.length - a.rows.length).slice(0, 1);
  if (found.length === 0) return fullest;

  const best = found.reduce((a, b) => (b.header.score > a.header.score || (b.header.score === a.header.score && year(b.table) > year(a.table)) ? b : a));
  // The same register of another year is another paper, not more of this one.
  return found
    .filter((sheet) => sheet.signature === best.signature && year(sheet.table) === year(best.table))
    .map(({ table }) => table);
}

function layOutSheet(table: Table, words: PaperWords, options: ReadingOptions, findings: Findings): Layout {
  const header = options.headerRow === undefined ? findHeader(table, words) : headerAt(table, options.headerRow, words);
  const headers = header ? headerTexts(table, header).map((texts) => texts[0] ?? '') : [];
  const width = table.rows.reduce((most, row) => Math.max(most, row.length), 0);
  const { never, some } = identityColumns(table, header?.end ?? 0, headers);

  const columns = new Map<PaperField, number>();
  const taken = new Set<number>(never);
  const byHand = options.columns ?? {};
  for (const { field } of words.fields) {
    const letter = byHand[field];
    if (typeof letter !== 'string') continue;
    const index = columnIndex(letter);
    if (index < 0 || index >= width) sheetProblem(findings, table, 'column_unknown', letter);
    else if (!never.has(index)) {
      columns.set(field, index);
      taken.add(index);
    }
  }
  for (const [field, index] of header?.columns ?? []) {
    if (byHand[field] === undefined && !taken.has(index)) columns.set(field, index);
  }

  if (header?.rows === 2) findings.assume('assume_two_header_rows');
  const mapped = Array.from(columns.values());
  const unread = new Set([...never, ...Array.from(some).filter((index) => !mapped.includes(index))]);
  for (const index of unread) {
    const column = headers[index] || columnLetter(index);
    findings.problem('warning', 'identity_column', { sheet: table.name, row: null, cell: columnLetter(index), column, value: '' });
  }
  // Columns named by hand stand in for a header that was not recognised.
  const headerRow = header?.end ?? (hasEnough(columns, words) ? 0 : null);
  return { table, headerRow, columns, headers, identityColumns: unread };
}

/** Columns of identity numbers, by their header or by most of their cells; and those where any cell held one. */
function identityColumns(table: Table, start: number, headers: readonly string[]) {
  const filled = new Map<number, number>();
  const identity = new Map<number, number>();
  const some = new Set<number>();
  for (const row of table.rows.slice(start)) {
    row.forEach((cell, index) => {
      if (!cell) return;
      filled.set(index, (filled.get(index) ?? 0) + 1);
      if (!cell.identity) return;
      some.add(index);
      if (cell.text === '') identity.set(index, (identity.get(index) ?? 0) + 1);
    });
  }
  const never = new Set(headers.flatMap((header, index) => (IDENTITY_HEADER.test(headerWord(header)) ? [index] : [])));
  for (const [index, count] of identity) {
    if (count * 2 > (filled.get(index) ?? 0)) never.add(index);
  }
  return { never, some };
}

function findHeader(table: Table, words: PaperWords): Header | null {
  let best: Header | null = null;
  const last = Math.min(table.rows.length, ROWS_SEARCHED);
  for (let end = 1; end <= last; end += 1) {
    const header = headerAt(table, end, words);
    if (hasEnough(header.columns, words) && looksLikeHeader(table.rows[end - 1] ?? []) && header.score > (best?.score ?? 0)) best = header;
  }
  return best;
}

/** More than one word in the row, unless the sheet has one column only. */
function looksLikeHeader(row: Row): boolean {
  return new Set(row.filter((cell) => cell)).size > 1 || row.length === 1;
}

/** The header that ends with this row (counted from 1), in one row or two, whichever explains more columns. */
function headerAt(table: Table, end: number, words: PaperWords): Header {
  const one = matchColumns(table, { rows: end === 0 ? 0 : 1, end }, words);
  if (end < 2) return one;
  const two = matchColumns(table, { rows: 2, end }, words);
  return two.score > one.score ? two : one;
}

function matchColumns(table: Table, at: Pick<Header, 'rows' | 'end'>, words: PaperWords): Header {
  const matches = headerTexts(table, at).flatMap((texts, index) => texts.flatMap((text, nth) => matchWord(text, words, index, nth)));
  matches.sort((a, b) => b.weight - a.weight || a.index - b.index);
  const columns = new Map<PaperField, number>();
  let score = 0;
  for (const { field, index, weight } of matches) {
    if (columns.has(field) || Array.from(columns.values()).includes(index)) continue;
    columns.set(field, index);
    score += weight;
  }
  return { ...at, columns, score };
}

function matchWord(text: string, words: PaperWords, index: number, nth: number) {
  const word = headerWord(text);
  if (word === '' || word.length > 20 || IDENTITY_HEADER.test(word)) return [];
  const strong = words.fields.find((field) => field.strong.test(word));
  if (strong) return [{ field: strong.field, index, weight: STRONG - nth }];
  const weak = words.fields.find((field) => field.weak?.test(word));
  return weak ? [{ field: weak.field, index, weight: WEAK - nth }] : [];
}

/** What stands over each column: both rows together first (户主 + 姓名), then the lower one alone. */
function headerTexts(table: Table, { rows, end }: { rows: 0 | 1 | 2; end: number }): string[][] {
  if (rows === 0) return [];
  const lower = table.rows[end - 1] ?? [];
  if (rows === 1) return Array.from(lower, (cell) => [cell?.text ?? '']);
  const upper = table.rows[end - 2] ?? [];
  const textsOf = (above: Cell | undefined, below: Cell | undefined): string[] => {
    if (!below || above === below) return [above?.text ?? ''];
    return above ? [above.text + below.text, below.text] : [below.text];
  };
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => textsOf(upper[index], lower[index]));
}

function hasEnough(columns: ReadonlyMap<PaperField, number>, words: PaperWords): boolean {
  return words.needs.every((oneOf) => oneOf.some((field) => columns.has(field)));
}

function signature(table: Table, header: Header): string {
  const texts = headerTexts(table, header);
  return Array.from(header.columns, ([field, index]) => `${field}=${headerWord(texts[index]?.[0] ?? '')}`)
    .sort()
    .join('|');
}

function year(table: Table): number {
  return Number(/(?:19|20)\d\d/.exec(table.name)?.[0] ?? 0);
}

function sheetProblem(
  findings: Findings,
  table: Table,
  code: 'header_missing' | 'column_missing' | 'column_unknown',
  value: string,
  params: Record<string, string> = {},
): void {
  findings.problem('error', code, { sheet: table.name, row: null, cell: null, column: null, value }, params);
}

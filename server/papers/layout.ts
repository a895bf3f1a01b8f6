import { listed } from '../../shared/sentence.ts';
import type { PaperField, ReadingOptions } from '../../shared/imports/papers.ts';
import { columnIndex, columnLetter, widthOf, type Table, type Tables } from './cells.ts';
import type { Findings, ProblemCode } from './findings.ts';
import { findHeader, hasEnough, headerAt, type Columns, type Header } from './header.ts';
import { headerWord } from './text.ts';
import { IDENTITY_HEADER, type PaperWords } from './header-patterns.ts';

/** The place of header, columns and data on one sheet. */
export interface Layout {
  readonly table: Table;
  /** Rows before the first row of data; null when no header was found. */
  readonly headerRow: number | null;
  /** Rows above the header. */
  readonly titleRows: number;
  readonly columns: Columns;
  /** The header's text over every column. */
  readonly headers: readonly string[];
  /** Columns of identity numbers: never read. */
  readonly identityColumns: ReadonlySet<number>;
}

interface LaidOut {
  /** The sheet shown for correcting by hand, understood or not. */
  readonly shown: Layout | undefined;
  /** The sheets understood well enough to be read. */
  readonly layouts: readonly Layout[];
}

/** Chooses the sheets to read and their columns: as a person has said, otherwise guessed. */
export function layOut(
  tables: Tables,
  words: PaperWords,
  options: ReadingOptions,
  findings: Findings,
): LaidOut {
  const filled = tables.sheets.filter(({ rows }) => rows.length > 0);
  const chosen =
    options.sheet === undefined
      ? chooseSheets(filled, words)
      : filled.filter(({ name }) => name === options.sheet);
  if (options.sheet !== undefined && chosen.length === 0) {
    sheetProblem(findings, options.sheet, 'sheet_missing', options.sheet);
  }
  const names = (sheets: readonly Table[]) => listed(sheets.map(({ name }) => name));
  const left = filled.filter((table) => !chosen.includes(table));
  if (left.length > 0) findings.assume('assume_sheet_left', { sheets: names(left) });
  if (chosen.length > 1) findings.assume('assume_sheets_joined', { sheets: names(chosen) });

  const layouts = chosen.map((table) => layOutSheet(table, words, options, findings));
  const [shown] = layouts;
  if (shown) reportMissing(shown, words, findings);
  return { shown, layouts: layouts.filter(({ columns }) => hasEnough(columns, words)) };
}

/**
 * Chooses the sheet that looks most like this paper, and those with the same header. If none does, the fullest is
 * shown, for a person to choose the columns.
 */
function chooseSheets(sheets: readonly Table[], words: PaperWords): Table[] {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const found = visible.flatMap((table) => {
    const header = findHeader(table, words);
    return header ? [{ table, header, year: yearOf(table) }] : [];
  });
  const [best] = found.toSorted((a, b) => b.header.score - a.header.score || b.year - a.year);
  if (!best) return visible.toSorted((a, b) => b.rows.length - a.rows.length).slice(0, 1);
  // The same register of another year is another paper, not more of this one.
  return found
    .filter(({ header, year }) => wording(header) === wording(best.header) && year === best.year)
    .map(({ table }) => table);
}

function yearOf(table: Table): number {
  return Number(/(?:19|20)\d\d/.exec(table.name)?.[0] ?? 0);
}

function wording({ columns, texts }: Header): string {
  const words = Array.from(columns, ([field, index]) => `${field}=${headerWord(texts[index] ?? '')}`);
  return words.sort().join('|');
}

function layOutSheet(table: Table, words: PaperWords, options: ReadingOptions, findings: Findings): Layout {
  const header =
    options.headerRow === undefined ? findHeader(table, words) : headerAt(table, options.headerRow, words);
  if (header?.rows === 2) findings.assume('assume_two_header_rows');
  const headers = header?.texts ?? [];
  const { never, some } = identityColumns(table, header?.end ?? 0, headers);
  const columns = chooseColumns(table, words, header, options.columns ?? {}, never, findings);

  const used = Array.from(columns.values());
  const unread = new Set([...never, ...Array.from(some).filter((index) => !used.includes(index))]);
  for (const index of unread) {
    const letter = columnLetter(index);
    const where = { sheet: table.name, row: null, cell: letter, column: headers[index] || letter, value: '' };
    findings.problem('warning', 'identity_column', where);
  }
  // Columns named by hand stand in for a header that was not recognised.
  const headerRow = header?.end ?? (hasEnough(columns, words) ? 0 : null);
  const titleRows = header === null ? 0 : header.end - header.rows;
  return { table, headerRow, titleRows, columns, headers, identityColumns: unread };
}

/** Takes the columns named by hand first, and finds the other fields by the header's words. */
function chooseColumns(
  table: Table,
  words: PaperWords,
  header: Header | null,
  byHand: NonNullable<ReadingOptions['columns']>,
  never: ReadonlySet<number>,
  findings: Findings,
): Columns {
  const columns = new Map<PaperField, number>();
  const taken = new Set<number>(never);
  for (const { field } of words.fields) {
    const letter = byHand[field];
    if (typeof letter !== 'string') continue;
    const index = columnIndex(letter);
    if (index < 0 || index >= widthOf(table)) sheetProblem(findings, table.name, 'column_unknown', letter);
    else if (!never.has(index)) {
      columns.set(field, index);
      taken.add(index);
    }
  }
  for (const [field, index] of header?.columns ?? []) {
    if (byHand[field] === undefined && !taken.has(index)) columns.set(field, index);
  }
  return columns;
}

/**
 * Finds columns of identity numbers by their header or by most of their cells, and columns in which any cell held
 * one.
 */
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
  const never = new Set(
    headers.flatMap((text, index) => (IDENTITY_HEADER.test(headerWord(text)) ? [index] : [])),
  );
  for (const [index, count] of identity) {
    if (count * 2 > (filled.get(index) ?? 0)) never.add(index);
  }
  return { never, some };
}

function reportMissing({ table, headerRow, columns }: Layout, words: PaperWords, findings: Findings): void {
  if (headerRow === null) {
    sheetProblem(findings, table.name, 'header_missing', '');
    return;
  }
  for (const oneOf of words.needs) {
    if (oneOf.some((field) => columns.has(field))) continue;
    const label = words.fields.find(({ field }) => field === oneOf[0])?.label ?? '';
    sheetProblem(findings, table.name, 'column_missing', label);
  }
}

function sheetProblem(findings: Findings, sheet: string, code: ProblemCode, value: string): void {
  findings.problem('error', code, { sheet, row: null, cell: null, column: null, value });
}

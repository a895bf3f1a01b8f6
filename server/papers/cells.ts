import { withoutIdentityNumbers } from './identity.ts';
import { unreadable } from './unreadable.ts';
import { oneLine } from './text.ts';

export const LIMITS = {
  bytes: 10 * 1024 * 1024,
  unpackedBytes: 30 * 1024 * 1024,
  /** Parts of an archive. Each sheet is one or a few, and reading them costs the square of their number. */
  parts: 600,
  rows: 20_000,
  columns: 200,
  cellCharacters: 500,
} as const;

/**
 * One cell as text, whatever its type in the file. Identity numbers are removed before anybody sees it. All cells of
 * one merge are the same object.
 */
export interface Cell {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'date' | 'broken';
  readonly formula: boolean;
  readonly tooLong: boolean;
  /** Held an identity or bank card number. */
  readonly identity: boolean;
  /** The day of a spreadsheet's date, YYYY-MM-DD, however it is shown. */
  readonly day?: string;
}

export type Row = readonly (Cell | undefined)[];

/** A sheet; `rows[r][c]` is the cell at `cellAddress(r, c)`, so every cell keeps its address. */
export interface Table {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly Row[];
}

export interface Tables {
  readonly format: 'xlsx' | 'xls' | 'text';
  /** The encoding of a text file: UTF-8, UTF-16 or GB18030. */
  readonly encoding: string | null;
  readonly sheets: readonly Table[];
}

export function widthOf({ rows }: Pick<Table, 'rows'>): number {
  return rows.reduce((most, row) => Math.max(most, row.length), 0);
}

/** Refuses a sheet beyond what the program reads, before its cells are made. */
export function checkSize(sheet: string, rows: number, columns: number): void {
  if (rows > LIMITS.rows) throw unreadable('file_too_many_rows', { sheet, limit: LIMITS.rows });
  if (columns > LIMITS.columns) throw unreadable('file_too_many_columns', { sheet, limit: LIMITS.columns });
}

export function makeCell(raw: string, kind: Cell['kind'] = 'text', formula = false): Cell | undefined {
  // Measured before anything else works on it.
  const tooLong = raw.length > LIMITS.cellCharacters;
  const line = oneLine(tooLong ? raw.slice(0, LIMITS.cellCharacters) : raw);
  const plain = plainDecimal(line) ?? line;
  const { text, found } = withoutIdentityNumbers(plain);
  if (text === '' && !found && kind !== 'broken' && !formula) return undefined;
  return { text, kind, formula, tooLong, identity: found };
}

/** 1.3812345678E+10 → 13812345678 where no digit was lost; null for anything else. */
function plainDecimal(text: string): string | null {
  const match = /^(\d)(?:\.(\d{1,20}))?[eE]\+?(\d{1,2})$/.exec(text);
  if (!match) return null;
  const [, first = '', decimals = '', exponent = ''] = match;
  return decimals.length === Number(exponent) ? first + decimals : null;
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetter(index: number): string {
  const before = Math.floor(index / 26);
  return (before > 0 ? columnLetter(before - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** A → 0; -1 if it is no column. */
export function columnIndex(letter: string): number {
  if (!/^[A-Z]{1,3}$/.test(letter)) return -1;
  return Array.from(letter).reduce((sum, char) => sum * 26 + char.charCodeAt(0) - 64, 0) - 1;
}

export function cellAddress(row: number, column: number): string {
  return `${columnLetter(column)}${row + 1}`;
}

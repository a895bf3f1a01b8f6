import { createRequire } from 'node:module';
import type * as Xlsx from '@e965/xlsx';
import type { CellObject, Range, WorkBook, WorkSheet } from '@e965/xlsx';
import { DAY_MS } from '../../shared/business-day.ts';
import { onFirstUse } from '../lazy.ts';
import { checkSize, LIMITS, makeCell, widthOf, type Cell, type Row, type Table } from './cells.ts';
import { unreadable } from './unreadable.ts';
import { unzipXml } from './zip.ts';

/** The library's container for zip and old Office files, as far as we use it. */
interface Container {
  readonly FullPaths: readonly string[];
  readonly FileIndex: readonly { readonly size: number; readonly content?: Uint8Array }[];
}
const require = createRequire(import.meta.url);
const xlsx = onFirstUse(() => require('@e965/xlsx') as typeof Xlsx);
const containers = () =>
  xlsx().CFB as {
    read(bytes: Buffer, options: { type: 'buffer' }): Container;
    write(box: Container, options: { type: 'buffer'; fileType: 'zip' }): Buffer;
    utils: { cfb_new(): Container; cfb_add(box: Container, name: string, content: Buffer): void };
  };

const formats = () => xlsx().SSF as { is_date(format: string): boolean };

export function readXlsx(bytes: Buffer): Table[] {
  const parts = unzipXml(bytes);
  const types = parts.get('[Content_Types].xml')?.toString('utf8') ?? '';
  if (!/(?:sheet|template)\.main\+xml|sheet\.macroEnabled\.main\+xml/.test(types))
    throw unreadable('file_not_spreadsheet');
  // The library gets an archive made of the checked parts, never the original: two readers may see one zip
  // differently.
  const box = containers().utils.cfb_new();
  for (const [name, content] of parts) containers().utils.cfb_add(box, `/${name}`, content);
  return tables(parse(containers().write(box, { type: 'buffer', fileType: 'zip' })));
}

export function readXls(bytes: Buffer): Table[] {
  const { FullPaths, FileIndex } = damagedUnless(() => containers().read(bytes, { type: 'buffer' }));
  const find = (name: string) => FullPaths.findIndex((path) => path.toLowerCase().endsWith(`/${name}`));
  const has = (name: string) => find(name) >= 0;
  if (has('encryptedpackage')) throw unreadable('file_password');
  // Excel 95 and before. Their Chinese text would be lost without a word.
  if (!has('workbook') && has('book')) throw unreadable('file_old_excel');
  if (!has('workbook')) throw unreadable('file_not_spreadsheet');
  const stream = FileIndex[find('workbook')];
  if (!stream?.content || stream.content.length < stream.size) throw unreadable('file_damaged');
  return tables(parse(bytes));
}

function parse(bytes: Buffer): WorkBook {
  return damagedUnless(() =>
    xlsx().read(bytes, { type: 'buffer', dense: true, cellNF: true, cellHTML: false }),
  );
}

function damagedUnless<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unreadable(String(error).includes('password') ? 'file_password' : 'file_damaged');
  }
}

function tables(book: WorkBook): Table[] {
  return book.SheetNames.map((name, index) => {
    const sheet = book.Sheets[name];
    if (!sheet) throw unreadable('file_damaged');
    // Macs once counted days from another year.
    const knowsDays = book.Workbook?.WBProps?.date1904 !== true;
    const hidden = Boolean(book.Workbook?.Sheets?.[index]?.Hidden);
    return { name, hidden, rows: rowsOf(sheet, name, knowsDays) };
  });
}

function rowsOf(sheet: WorkSheet, name: string, knowsDays: boolean): Row[] {
  const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
  const rows: (Cell | undefined)[][] = [];
  // forEach passes over holes: a stray cell in the last possible row costs nothing.
  data.forEach((line, r) => {
    line.forEach((source, c) => {
      const cell = source && cellOf(source, knowsDays);
      if (!cell) return;
      checkSize(name, r + 1, c + 1);
      while (rows.length <= r) rows.push([]);
      const row = rows[r];
      if (row) row[c] = cell;
    });
  });
  fillMerges(rows, sheet['!merges'] ?? []);
  return rows.map((row) => Array.from(row));
}

function cellOf({ t, v, w, f, z }: CellObject, knowsDays: boolean): Cell | undefined {
  const formula = f !== undefined;
  if (t === 'e') return makeCell('', 'broken', formula);
  if (v === undefined) return makeCell('', 'text', formula);
  if (typeof v !== 'number') return makeCell(String(v), 'text', formula);
  if (formats().is_date(String(z ?? ''))) {
    const cell = makeCell(w ?? String(v), 'date', formula);
    const day = knowsDays ? dayOf(v) : null;
    return cell && day !== null ? { ...cell, day } : cell;
  }
  return makeCell(shownDigits(v, w) ?? plainNumber(v), 'number', formula);
}

/** Spreadsheets count days from the end of 1899; before March 1900 they count a day that never was. */
const SERIAL_DAYS = { least: 61, most: 2_958_465 } as const;

function dayOf(serial: number): string | null {
  const days = Math.floor(serial);
  if (days < SERIAL_DAYS.least || days > SERIAL_DAYS.most) return null;
  return new Date(Date.UTC(1899, 11, 30) + days * DAY_MS).toISOString().slice(0, 10);
}

/** "003" if the format shows the number 3 so; otherwise null. */
function shownDigits(value: number, shown: string | undefined): string | null {
  return shown !== undefined && /^0\d+$/.test(shown) && Number(shown) === value ? shown : null;
}

/** The number without an exponent, and without digits beyond the fifteen that a spreadsheet keeps. */
function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return '';
  const rounded = Number(value.toPrecision(15));
  return Number.isInteger(rounded) ? BigInt(rounded).toString() : String(rounded);
}

/** Every cell of a merge becomes its first cell, within what the sheet uses. */
function fillMerges(rows: (Cell | undefined)[][], merges: readonly Range[]): void {
  const columns = widthOf({ rows });
  let filled = 0;
  for (const { s, e } of merges) {
    const first = rows[s.r]?.[s.c];
    if (!first) continue;
    for (const row of rows.slice(s.r, e.r + 1)) {
      const end = Math.min(e.c + 1, columns);
      for (let column = s.c; column < end; column += 1) row[column] = first;
      filled += end - s.c;
      if (filled > LIMITS.rows * LIMITS.columns) throw unreadable('file_damaged');
    }
  }
}

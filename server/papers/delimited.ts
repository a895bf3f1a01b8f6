import Papa from 'papaparse';
import { checkSize, LIMITS, makeCell, type Table } from './cells.ts';
import { unreadable } from './unreadable.ts';

/**
 * A spreadsheet has no more rows than this, blank ones and the end of the last included. A longer file is not read to
 * its end.
 */
const ROWS_READ_MOST = 1_048_577;

/** Comma-, tab-, semicolon- or bar-separated text; row numbers are those a spreadsheet would show. */
export function readDelimited(text: string, name: string): Table {
  if (/^\s*(?:<(?:!doctype|html|head|meta|table|\?xml)|MIME-Version:)/i.test(text))
    throw unreadable('file_web_page');
  if (/^\s*(?:\{\\rtf|%PDF|\{\s*"|%!PS)/.test(text)) throw unreadable('file_not_spreadsheet');
  // Excel's own note on the separator; it stays a row so that the numbering holds.
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const { data, errors } = Papa.parse<string[]>(declared === undefined ? text : text.slice('sep=;'.length), {
    delimiter: declared ?? guessDelimiter(text),
    preview: ROWS_READ_MOST + 1,
  });
  if (data.length > ROWS_READ_MOST)
    throw unreadable('file_too_many_rows', { sheet: name, limit: LIMITS.rows });
  const quotes = errors.find((error) => error.type === 'Quotes');
  if (quotes) throw unreadable('file_quotes', { row: (quotes.row ?? 0) + 1 });
  return { name, hidden: false, rows: cellRows(data, name) };
}

/** Blank cells and rows at the ends do not count: spreadsheets write thousands of them. */
function cellRows(data: readonly string[][], name: string): Table['rows'] {
  const filled = (value: string) => value.trim() !== '';
  const rows = data.slice(0, data.findLastIndex((row) => row.some(filled)) + 1);
  return rows.map((row, index) => {
    const width = row.findLastIndex(filled) + 1;
    checkSize(name, index + 1, width);
    return row.slice(0, width).map((value) => makeCell(value));
  });
}

/** The separator most lines contain; titles and remarks above the header seldom have any. */
function guessDelimiter(text: string): string {
  const lines = text.slice(0, 50_000).split(/\r?\n/, 200);
  const count = (delimiter: string) => lines.filter((line) => line.includes(delimiter)).length;
  return ['\t', ',', ';', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

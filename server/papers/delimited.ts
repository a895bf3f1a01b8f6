import Papa from 'papaparse';
import { makeCell, type Table } from './cells.ts';
import { unreadable } from './refuse.ts';

/** Comma-, tab-, semicolon- or bar-separated text; row numbers are those a spreadsheet would show. */
export function readDelimited(text: string, name: string): Table {
  if (/^\s*(?:<(?:!doctype|html|head|meta|table|\?xml)|MIME-Version:)/i.test(text)) throw unreadable('file_web_page');
  if (/^\s*(?:\{\\rtf|%PDF|\{\s*"|%!PS)/.test(text)) throw unreadable('file_not_spreadsheet');
  // Excel's own note on the separator; it stays a row so that the numbering holds.
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const { data, errors } = Papa.parse<string[]>(declared === undefined ? text : text.replace(/^sep=./i, ''), {
    delimiter: declared ?? guessDelimiter(text),
  });
  const quotes = errors.find((error) => error.type === 'Quotes');
  if (quotes) throw unreadable('file_quotes', { row: (quotes.row ?? 0) + 1 });
  return { name, hidden: false, rows: data.map((row) => row.map((value) => makeCell(value))) };
}

/** The separator most lines contain; titles and remarks above the header seldom have any. */
function guessDelimiter(text: string): string {
  const lines = text.slice(0, 50_000).split(/\r?\n/, 200);
  const scored = ['\t', ',', ';', '|'].map((delimiter) => ({
    delimiter,
    lines: lines.filter((line) => line.includes(delimiter)).length,
  }));
  return scored.reduce((best, next) => (next.lines > best.lines ? next : best)).delimiter;
}

import { LIMITS, type Tables } from './cells.ts';
import { decodeText } from './decode.ts';
import { readDelimited } from './delimited.ts';
import { unreadable } from './unreadable.ts';
import { readXls, readXlsx } from './workbook.ts';

/**
 * Reads the cells of a spreadsheet or text file. Its bytes decide the format, not its name. Refuses with
 * `paper.unreadable` or `paper.too_large`.
 */
export function readTables(file: Uint8Array, filename: string): Tables {
  if (file.length === 0) throw unreadable('file_empty');
  if (file.length > LIMITS.bytes) throw unreadable('file_too_large', { limit: LIMITS.bytes / 1024 / 1024 });
  const tables = readByContent(Buffer.from(file.buffer, file.byteOffset, file.byteLength), filename);
  const filled = tables.sheets.some(({ rows }) => rows.some((row) => row.some((cell) => cell)));
  if (!filled) throw unreadable('file_empty');
  return tables;
}

function readByContent(bytes: Buffer, filename: string): Tables {
  if (startsWith(bytes, 'PK\x03\x04')) return { format: 'xlsx', encoding: null, sheets: readXlsx(bytes) };
  if (startsWith(bytes, '\xd0\xcf\x11\xe0')) return { format: 'xls', encoding: null, sheets: readXls(bytes) };
  const { text, encoding } = decodeText(bytes);
  const name = filename.replace(/^.*[/\\]/, '').replace(/\.\w{1,5}$/, '');
  return { format: 'text', encoding, sheets: [readDelimited(text, name)] };
}

function startsWith(bytes: Buffer, signature: string): boolean {
  return bytes.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1'));
}

import type { OutboxRow } from './row.ts';
import { isRow } from './row-shape.ts';

/**
 * A file of rows: what a device saves and the desk takes in. One line of JSON each: a head that says whose rows they are and
 * how many follow, the rows, and the head's name again, so that a file that was cut short is noticed.
 */
const FORMAT = 'jishan outbox rows 1';

/** It says where a file comes from. Nobody signs it: a row counts by its own signature. */
export interface RowFileHead {
  /** Empty where the device did not know it yet. */
  readonly villageId: string;
  readonly village: string;
  readonly kiosk: string;
  readonly savedAtMs: number;
  readonly rows: number;
}

export interface ReadRowFile {
  /** Null: a file without a head, which may still hold rows. */
  readonly head: RowFileHead | null;
  readonly rows: readonly OutboxRow[];
  /** The end is missing, or rows are. */
  readonly isCut: boolean;
  /** Lines that are no rows, counted from 1. */
  readonly spoilt: readonly number[];
}

export function rowFileText(head: Omit<RowFileHead, 'rows'>, rows: readonly OutboxRow[]): string {
  const lines = [{ format: FORMAT, ...head, rows: rows.length }, ...rows, { end: FORMAT }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Reads every row that is whole, and says what is wrong with the rest. */
export function readRowFile(text: string): ReadRowFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim());
  const head = headOf(lines[0] ?? '');
  const rows: OutboxRow[] = [];
  const spoilt: number[] = [];
  let hasEnd = false;
  for (const [index, line] of lines.entries()) {
    if (line === '' || (index === 0 && head !== null)) continue;
    const value = parsed(line);
    if (isRow(value)) rows.push(value);
    else if (isEnd(value)) hasEnd = true;
    // Somebody may have written words above rows that stand in no file of ours.
    else if (head !== null || line.startsWith('{')) spoilt.push(index + 1);
  }
  const isCut = head !== null && (!hasEnd || rows.length + spoilt.length < head.rows);
  // The line at which a file was cut is half a row, not a spoilt one.
  const wasLast = !hasEnd && spoilt.at(-1) === lines.length;
  return { head, rows, isCut, spoilt: isCut && wasLast ? spoilt.slice(0, -1) : spoilt };
}

function headOf(line: string): RowFileHead | null {
  const value = parsed(line) as Partial<RowFileHead & { format: unknown }> | null;
  if (value === null || value.format !== FORMAT) return null;
  const { villageId, village, kiosk, savedAtMs, rows } = value;
  return {
    ...{ villageId: textOf(villageId), village: textOf(village), kiosk: textOf(kiosk) },
    ...{ savedAtMs: numberOf(savedAtMs), rows: numberOf(rows) },
  };
}

function isEnd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'end' in value && value.end === FORMAT;
}

function parsed(line: string): unknown {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

import { ROW_BODY_MAX } from './answers.ts';
import type { OutboxRow } from './row.ts';

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

/** The texts of a row, by their form. The contract checks a row by them, and so does whoever reads a file. */
export const ROW_TEXT = {
  id: /^[A-Za-z0-9_-]{1,64}$/,
  key: /^[A-Za-z0-9_-]{8,100}$/,
  kind: /^[a-z]+\.[a-zA-Z]+$/,
  hash: /^(?:[0-9a-f]{64})?$/,
  signature: /^(?:[A-Za-z0-9_-]{86})?$/,
} as const;

export const ROW_NUMBER_MAX = 1_000_000_000;
export const ROW_KIND_MAX = 40;

const DONE = new Set(['here', 'server', 'given_up']);
const FIELDS = 13;

/** Whether a value that was read from somewhere has the form of a row. Whether its device wrote it, the signature says. */
export function isRow(value: unknown): value is OutboxRow {
  if (!isRecord(value) || Object.keys(value).length !== FIELDS) return false;
  return (
    [value.device, ...(value.shift === '' ? [] : [value.shift])].every((one) => isText(one, ROW_TEXT.id)) &&
    isText(value.key, ROW_TEXT.key) &&
    isText(value.kind, ROW_TEXT.kind) &&
    (value.kind as string).length <= ROW_KIND_MAX &&
    [value.before, value.hash].every((one) => isText(one, ROW_TEXT.hash)) &&
    isText(value.signature, ROW_TEXT.signature) &&
    typeof value.body === 'string' &&
    value.body.length <= ROW_BODY_MAX &&
    isWhole(value.number, 1) &&
    value.number <= ROW_NUMBER_MAX &&
    isWhole(value.atMs, 0) &&
    (value.offsetMs === null || isWhole(value.offsetMs, Number.MIN_SAFE_INTEGER)) &&
    (value.copy === null || isWhole(value.copy, 0)) &&
    (value.done === null || isDone(value.done))
  );
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

function isDone(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).length !== 4) return false;
  return (
    typeof value.how === 'string' &&
    DONE.has(value.how) &&
    isWhole(value.atMs, 0) &&
    (value.entry === null || isWhole(value.entry, 1)) &&
    isText(value.signature, ROW_TEXT.signature)
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

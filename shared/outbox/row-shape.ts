import { ROW_BODY_MAX } from './answers.ts';
import type { OutboxRow } from './row.ts';

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

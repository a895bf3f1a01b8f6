import { isRow } from '../../../shared/outbox/row-file.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';

/** A device takes this along to another address of its server. Its key cannot be taken out of the browser: rows are signed already. */
export interface Belongings {
  /** The pairing. */
  readonly token: string;
  readonly rows: readonly KeptRow[];
}

/** The messages of the two pages to each other. Only `things` holds anything secret: it goes to one origin alone. */
export type MoveMessage =
  | { readonly jishanMove: 'ready' }
  | { readonly jishanMove: 'things'; readonly things: Belongings }
  | { readonly jishanMove: 'taken'; readonly rows: number };

/** The page at the new address begins with this behind its #. */
export const MOVE_FRAGMENT = '#move';

/** Reads a message of the other page; null where it is another's. */
export function moveMessage(data: unknown): MoveMessage | null {
  if (!isRecord(data)) return null;
  if (data.jishanMove === 'ready') return { jishanMove: 'ready' };
  if (data.jishanMove === 'taken' && Number.isSafeInteger(data.rows))
    return { jishanMove: 'taken', rows: Number(data.rows) };
  const { things } = data;
  if (data.jishanMove !== 'things' || !isRecord(things) || typeof things.token !== 'string') return null;
  if (!Array.isArray(things.rows)) return null;
  return {
    jishanMove: 'things',
    things: { token: things.token, rows: things.rows.filter(isKeptRow) },
  };
}

/**
 * Whether everything that this device holds now went along with what was given. Answers that came since do not count: each
 * comes again at the new address.
 */
export function wentAlong(given: readonly KeptRow[], now: readonly KeptRow[]): boolean {
  const marks = new Map(given.map(({ row }) => [placeOf(row), row.done?.how ?? null]));
  return now.every(({ row }) => marks.get(placeOf(row)) === (row.done?.how ?? null));
}

function placeOf({ device, number }: KeptRow['row']): string {
  return `${device} ${number}`;
}

function isKeptRow(value: unknown): value is KeptRow {
  return isRecord(value) && isRow(value.row) && (value.answer === null || isAnswer(value.answer));
}

function isAnswer(value: unknown): boolean {
  return isRecord(value) && typeof value.answer === 'string' && Array.isArray(value.marks);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

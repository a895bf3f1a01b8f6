import type { OutboxRow } from '../../../shared/outbox/row.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';

/** A row as the counter shows it. It holds no names: a household has its number. */
export interface ShownRow {
  readonly id: string;
  readonly kind: 'handOver' | 'undo' | 'return' | 'shiftBegun' | 'shiftEnded' | 'other';
  /** By the server's clock as far as the device knew it. */
  readonly atMs: number;
  readonly household: string;
  readonly goods: readonly ShownGoods[];
  /** Hundredths that leave the household; negative where they come back. Null: none move. */
  readonly points: number | null;
  readonly how: NonNullable<OutboxRow['done']>['how'] | null;
}

interface ShownGoods {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
}

const KINDS: Readonly<Record<string, ShownRow['kind']>> = {
  'kiosk.redeem': 'handOver',
  'kiosk.undo': 'undo',
  'kiosk.return': 'return',
  'kiosk.beginShift': 'shiftBegun',
  'kiosk.endShift': 'shiftEnded',
};

/** Reads what it can: a row of a newer page, or one that is damaged, is shown with its time alone. */
export function readRow({ row }: Pick<KeptRow, 'row'>): ShownRow {
  const kind = KINDS[row.kind] ?? 'other';
  const body = bodyOf(row);
  const points = typeof body.points === 'number' ? body.points : null;
  return {
    id: `${row.device} ${row.key}`,
    kind,
    atMs: (row.done?.atMs ?? row.atMs) + (row.offsetMs ?? 0),
    household: typeof body.householdNumber === 'string' ? body.householdNumber : '',
    goods: Array.isArray(body.lines) ? body.lines.flatMap(goodsOf) : [],
    points: points !== null && (kind === 'undo' || kind === 'return') ? -points : points,
    how: row.done?.how ?? null,
  };
}

/** Something at the counter changed hands by this row, so that a person counts it. */
export function isHandOver({ row }: Pick<KeptRow, 'row'>): boolean {
  const kind = KINDS[row.kind] ?? 'other';
  return kind !== 'shiftBegun' && kind !== 'shiftEnded';
}

function bodyOf({ body }: OutboxRow): Readonly<Record<string, unknown>> {
  try {
    const read = JSON.parse(body) as unknown;
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function goodsOf(line: unknown): ShownGoods[] {
  if (typeof line !== 'object' || line === null) return [];
  const { goodsId, name, quantity } = line as Record<string, unknown>;
  if (typeof goodsId !== 'string' || typeof name !== 'string') return [];
  return [{ id: goodsId, name, quantity: typeof quantity === 'number' ? quantity : 1 }];
}

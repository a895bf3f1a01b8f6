import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { DeviceTable } from '../../device/device-table.ts';
import { keepDraft, type KeptDraft } from '../../device/kept-draft.ts';
import { parseFen } from './parse-fen.ts';

export type Source = 'bought' | 'donated';

/** One item of a delivery as it is typed in. */
export interface StockRow {
  readonly serial: number;
  /** Minted when the row begins. Two windows that show it send under the same one, and it is booked once. */
  key: string;
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  /** The text as it is typed. */
  quantity: string;
  cost: string;
  /** The entry it became; null while it is not in. */
  number: number | null;
}

export interface StockList {
  source: Source;
  note: string;
  /** The donor; only donated goods have one. */
  donor: string;
  /** The donor agreed to be thanked on the public board. */
  thanksDonor: boolean;
  rows: StockRow[];
}

export function emptyList(): StockList {
  return { source: 'bought', note: '', donor: '', thanksDonor: false, rows: [] };
}

/** The row of an item that is not in yet; there is one at most. */
export function openRow(rows: readonly StockRow[], goodsId: string): StockRow | undefined {
  return rows.find((row) => row.goodsId === goodsId && row.number === null);
}

/** The same item scanned again is one piece more; of an item that is in already a new row begins. */
export function withItem(
  rows: readonly StockRow[],
  item: GoodsItem,
  pieces: number,
  key: string,
): StockRow[] {
  const open = openRow(rows, item.id);
  if (open) {
    const quantity = String((piecesOf(open) ?? 0) + pieces);
    return rows.map((row) => (row === open ? { ...row, quantity } : row));
  }
  const { id: goodsId, name, unit } = item;
  const serial = Math.max(0, ...rows.map((row) => row.serial)) + 1;
  const quantity = pieces > 0 ? String(pieces) : '';
  return [...rows, { serial, key, goodsId, name, unit, quantity, cost: '', number: null }];
}

/** Whole pieces, 1 to 9999; null for anything else. */
export function piecesOf({ quantity }: Pick<StockRow, 'quantity'>): number | null {
  return /^[1-9]\d{0,3}$/.test(quantity.trim()) ? Number(quantity) : null;
}

export function fenOf({ cost }: Pick<StockRow, 'cost'>): number | null {
  return parseFen(cost);
}

/** The donor of a delivery; a bought one has none. */
export function donorIn({
  source,
  donor,
  thanksDonor,
}: Pick<StockList, 'source' | 'donor' | 'thanksDonor'>): {
  donor: string;
  thanksDonor: boolean;
} {
  const name = source === 'donated' ? donor.trim() : '';
  return { donor: name, thanksDonor: name !== '' && thanksDonor };
}

export function isWhole(row: StockRow): boolean {
  return piecesOf(row) !== null && fenOf(row) !== null;
}

const version = 4;

/** The list stays on this device until everything on it is in: one of each person, so that nobody meets another's. */
export function keepStockList(villageId: string, staffId: string, table: DeviceTable): KeptDraft<StockList> {
  return keepDraft(table, `delivery.${villageId}.${staffId}`, version);
}

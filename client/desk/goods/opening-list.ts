import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { DeviceTable } from '../../device/device-table.ts';
import { keepDraft, type KeptDraft } from '../../device/kept-draft.ts';
import { formatHundredths } from '../../../shared/points.ts';
import { parseFen } from './parse-fen.ts';

/** The figures that are typed beside one item. */
export interface OpeningRow {
  /** The text as it is typed; empty: there is none. */
  quantity: string;
  /** Yuan for one piece. */
  cost: string;
}

/** The list of opening stock as it is typed, by the id of the item. */
export type OpeningRows = Record<string, OpeningRow>;

/** Goods that are on the shelf already are not asked for; services and loans are no opening stock. */
export function isAsked(item: GoodsItem): boolean {
  return item.kind === 'goods' && item.enabled && item.stock === 0;
}

/** A row for each item that has none yet, with what a piece usually costs. */
export function withRows(rows: OpeningRows, items: readonly GoodsItem[]): OpeningRows {
  const all: OpeningRows = {};
  for (const { id, costFen } of items)
    all[id] = rows[id] ?? { quantity: '', cost: costFen === null ? '' : formatHundredths(costFen) };
  return all;
}

/** Pieces, 1 to 999,999; 0 where nothing is typed; null for anything else. */
export function piecesOf({ quantity }: Pick<OpeningRow, 'quantity'>): number | null {
  const typed = quantity.trim();
  if (/^0*$/.test(typed)) return 0;
  return /^0*[1-9]\d{0,5}$/.test(typed) ? Number(typed) : null;
}

export interface CountedItem {
  readonly goodsId: string;
  readonly quantity: number;
  readonly totalCostFen: number;
}

/** The items of which there are some. Null while a figure is wrong, or a cost is missing. */
export function countedItems(rows: OpeningRows): CountedItem[] | null {
  const counted: CountedItem[] = [];
  for (const [goodsId, row] of Object.entries(rows)) {
    const pieces = piecesOf(row);
    if (pieces === 0) continue;
    const fen = parseFen(row.cost);
    if (pieces === null || fen === null) return null;
    counted.push({ goodsId, quantity: pieces, totalCostFen: pieces * fen });
  }
  return counted;
}

const version = 1;

/** The typed figures stay on this computer until they are booked: one list of each person. */
export function keepOpeningList(
  villageId: string,
  staffId: string,
  table: DeviceTable,
): KeptDraft<OpeningRows> {
  return keepDraft(table, `opening-stock.${villageId}.${staffId}`, version);
}

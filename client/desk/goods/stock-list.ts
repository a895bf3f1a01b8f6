import type { GoodsItem } from '../../../shared/contract/goods.ts';
import { newKey } from '../../api/index.ts';
import { parseFen } from './money.ts';

export type Source = 'bought' | 'donated';

/** One item of a delivery as it is typed in. Its key is its own, so that asking again takes nothing in twice. */
export interface StockRow {
  readonly key: string;
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  /** As typed. */
  quantity: string;
  cost: string;
  /** The entry it became; null while it is not in. */
  number: number | null;
}

export interface StockList {
  source: Source;
  note: string;
  rows: StockRow[];
}

export function emptyList(): StockList {
  return { source: 'bought', note: '', rows: [] };
}

/** The same item scanned again is one piece more; of an item that is in already a new row begins. */
export function withItem(rows: readonly StockRow[], item: GoodsItem, pieces: number): StockRow[] {
  const open = rows.find((row) => row.goodsId === item.id && row.number === null);
  if (open) {
    const quantity = String((piecesOf(open) ?? 0) + pieces);
    return rows.map((row) => (row === open ? { ...row, quantity } : row));
  }
  const { id: goodsId, name, unit } = item;
  const quantity = pieces > 0 ? String(pieces) : '';
  return [...rows, { key: newKey(), goodsId, name, unit, quantity, cost: '', number: null }];
}

/** Whole pieces, 1 to 9999; null for anything else. */
export function piecesOf({ quantity }: Pick<StockRow, 'quantity'>): number | null {
  return /^[1-9]\d{0,3}$/.test(quantity.trim()) ? Number(quantity) : null;
}

export function fenOf({ cost }: Pick<StockRow, 'cost'>): number | null {
  return parseFen(cost);
}

export function isWhole(row: StockRow): boolean {
  return piecesOf(row) !== null && fenOf(row) !== null;
}

const version = 1;

/** The list lives in this browser until everything on it is in. */
export function keepStockList(villageId: string, storage: Storage = localStorage) {
  const name = `jishan.stock.${villageId}`;
  return {
    load(): StockList {
      try {
        const kept = JSON.parse(storage.getItem(name) ?? 'null') as {
          version?: number;
          list?: StockList;
        } | null;
        return kept?.version === version && kept.list ? kept.list : emptyList();
      } catch {
        return emptyList();
      }
    },
    save(list: StockList): void {
      try {
        if (list.rows.length === 0) storage.removeItem(name);
        else storage.setItem(name, JSON.stringify({ version, list }));
      } catch {
        // A full or forbidden storage keeps nothing; the screen itself still has it.
      }
    },
  };
}

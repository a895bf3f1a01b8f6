import { and, asc, desc, eq, inArray, sum } from 'drizzle-orm';
import { addDays } from '../../shared/business-day.ts';
import { COUNTED_ITEMS } from '../../shared/kiosk/count-reasons.ts';
import type { Reader } from '../../db/index.ts';
import { standingLines } from '../goods/index.ts';
import { goodsAccount } from '../goods/ledger-kinds.ts';
import { accountId, balancesOf } from '../ledger/index.ts';

/** The items that were handed out most over so many days are the ones worth counting. */
const DAYS = 28;

/** An item on the shelf, and how many pieces of it the book has. */
export interface ShelfItem {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  readonly booked: number;
}

/** The ids of the items of which most pieces were handed out lately, among those that keep stock and are in use. */
export async function fastMovers(reader: Reader, villageId: string, today: string): Promise<string[]> {
  const { journal, redemptionLines, goods } = reader.t;
  const pieces = sum(redemptionLines.quantity).mapWith(Number);
  const rows = await reader.db
    .select({ id: redemptionLines.goodsId, pieces })
    .from(journal)
    .crossJoin(redemptionLines)
    .innerJoin(
      goods,
      and(eq(goods.villageId, redemptionLines.villageId), eq(goods.id, redemptionLines.goodsId)),
    )
    .where(
      and(
        standingLines(reader, villageId, { from: addDays(today, 1 - DAYS) }),
        eq(goods.enabled, true),
        eq(goods.keepsStock, true),
      ),
    )
    .groupBy(redemptionLines.goodsId)
    .orderBy(desc(pieces), asc(redemptionLines.goodsId))
    .limit(COUNTED_ITEMS);
  return rows.map(({ id }) => id);
}

/** These items as the book has them now, in the order of the ids. Items that are gone or keep no stock are left out. */
export async function shelfItems(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<ShelfItem[]> {
  if (ids.length === 0) return [];
  const { goods } = reader.t;
  const rows = await reader.db
    .select({ goodsId: goods.id, name: goods.name, unit: goods.unit })
    .from(goods)
    .where(and(eq(goods.villageId, villageId), inArray(goods.id, [...ids]), eq(goods.keepsStock, true)));
  const shelves = rows.map(({ goodsId }) => goodsAccount('shelf', goodsId));
  const stocks = await balancesOf(reader, villageId, shelves);
  const byId = new Map(
    rows.map((row) => [
      row.goodsId,
      { ...row, booked: stocks.get(accountId(goodsAccount('shelf', row.goodsId))) ?? 0 },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

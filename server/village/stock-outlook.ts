import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { lookOf } from '../goods/index.ts';
import { goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { accountId, balancesOf, isAccountOf } from '../ledger/index.ts';

/** The pace is measured over the last quarter: long enough for a shop that opens twice a week. */
const PACE_DAYS = 90;

export interface ShelfItem {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly pictureId: string | null;
  readonly drawing: string;
  readonly unit: string;
  readonly stock: number;
  /** Some came in at some time: what never came in is not sold out. */
  readonly cameIn: boolean;
  readonly costFen: number;
  readonly handedOut: number;
  readonly lastsDays: number | null;
}

/** The goods that are on offer or still in stock: pieces, cost, and how long they last at the current pace. */
export async function shelf(reader: Reader, villageId: string, today: string): Promise<ShelfItem[]> {
  const { goods } = reader.t;
  const rows = await reader.db
    .select()
    .from(goods)
    .where(and(eq(goods.villageId, villageId), eq(goods.keepsStock, true)))
    .orderBy(goods.position, goods.id);
  const accounts = rows.flatMap(({ id }) => [goodsAccount('shelf', id), stockCostAccount(id)]);
  const balances = await balancesOf(reader, villageId, accounts);
  const handedOut = await handedOutSince(reader, villageId, addDays(today, -PACE_DAYS));
  return rows.flatMap((row) => {
    const { id, name, category, unit, enabled } = row;
    const standing = balances.get(accountId(goodsAccount('shelf', id)));
    const stock = standing ?? 0;
    if (!enabled && stock === 0) return [];
    const costFen = balances.get(accountId(stockCostAccount(id))) ?? 0;
    const out = handedOut.get(id) ?? 0;
    const lastsDays = out > 0 ? Math.floor((stock * PACE_DAYS) / out) : null;
    return [
      {
        id,
        name,
        category,
        unit,
        ...lookOf(row),
        stock,
        cameIn: standing !== undefined,
        costFen,
        handedOut: out,
        lastsDays,
      },
    ];
  });
}

/** Goods offered of which nothing is left. Goods that never came in are not among them. */
export async function countSoldOut(reader: Reader, villageId: string): Promise<number> {
  const { goods } = reader.t;
  const rows = await reader.db
    .select({ id: goods.id })
    .from(goods)
    .where(and(eq(goods.villageId, villageId), eq(goods.keepsStock, true), eq(goods.enabled, true)));
  const shelves = rows.map(({ id }) => goodsAccount('shelf', id));
  const balances = await balancesOf(reader, villageId, shelves);
  return shelves.filter((account) => {
    const stock = balances.get(accountId(account));
    return stock !== undefined && stock <= 0;
  }).length;
}

/** Pieces handed out by goods, without undone redemptions. */
async function handedOutSince(
  { db, t: { accounts, postings } }: Reader,
  villageId: string,
  since: string,
): Promise<Map<string, number>> {
  const rows = await db
    .select({ goodsId: accounts.ownerId, pieces: sql<number>`sum(${postings.amount})`.mapWith(Number) })
    .from(accounts)
    .innerJoin(postings, isAccountOf(accounts, postings))
    .where(
      and(
        eq(accounts.villageId, villageId),
        eq(accounts.kind, 'given'),
        // The index starts with the day that the account has reached, which is never earlier than a line's own day.
        gte(postings.effectiveThrough, since),
        gte(postings.effectiveOn, since),
      ),
    )
    .groupBy(accounts.ownerId);
  return new Map(rows.map((row) => [row.goodsId, row.pieces]));
}

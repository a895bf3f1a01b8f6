import { and, eq } from 'drizzle-orm';
import { Refusal } from '../../shared/errors.ts';
import { accountId, type AccountRef, balancesOf, type LineInput, orRefuse } from '../ledger/index.ts';
import { COST, FUNDING, goodsAccount, stockCostAccount } from './ledger-kinds.ts';
import { shareOfCostFen } from './cost.ts';
import { findGoods, type GoodsRow } from './goods.ts';
import type { BookingAt } from '../at.ts';

export interface StockIn {
  readonly goodsId: string;
  readonly quantity: number;
  readonly totalCostFen: number;
  readonly source: 'bought' | 'donated';
  readonly note: string;
}

/** Takes goods in with their cost, or for donated goods their value, as one entry. */
export async function stockIn(
  work: BookingAt,
  input: StockIn,
): Promise<{ stock: number; journalNumber: number }> {
  const { tx, ledger, villageId } = work;
  await tx.lockBook(villageId);
  const item = await findGoods(tx, villageId, input.goodsId);
  if (item.kind === 'service') throw new Refusal('goods.no_stock', { name: item.name });
  await keepStock(work, item);
  const posted = orRefuse(
    await ledger.post(tx, {
      villageId,
      kind: 'stock_in',
      effectiveOn: work.today,
      idempotencyKey: work.idempotencyKey,
      actorId: work.actorId,
      source: `${input.source}:${item.id}`,
      text: { title: `${item.name}×${input.quantity}`, note: input.note },
      lines: [...pieces(item.id, 'supplier', input.quantity), ...cost(item.id, FUNDING, input.totalCostFen)],
    }),
  );
  const { left } = await shelfAndCost(work, item.id);
  return { stock: left, journalNumber: posted.entry.number };
}

export interface Stocktake {
  readonly goodsId: string;
  readonly counted: number;
  readonly reason: string;
}

/**
 * Brings the stock to what was counted. Missing pieces take their share of the cost along (all of it when
 * nothing is left); found ones come in at the average of what is there, or at the item's usual cost.
 */
export async function stocktake(
  work: BookingAt,
  input: Stocktake,
): Promise<{ stock: number; journalNumber: number | null }> {
  const { tx, ledger, villageId } = work;
  await tx.lockBook(villageId);
  const item = await findGoods(tx, villageId, input.goodsId);
  if (item.kind === 'service') throw new Refusal('goods.no_stock', { name: item.name });
  const { left, costFen } = await shelfAndCost(work, item.id);
  const difference = input.counted - left;
  if (difference === 0) return { stock: left, journalNumber: null };
  await keepStock(work, item);
  const costChange =
    difference < 0
      ? -shareOfCostFen(costFen, -difference, left)
      : left > 0
        ? shareOfCostFen(costFen, difference, left)
        : (item.costFen ?? 0) * difference;
  const posted = orRefuse(
    await ledger.post(tx, {
      villageId,
      kind: 'stocktake',
      effectiveOn: work.today,
      idempotencyKey: work.idempotencyKey,
      actorId: work.actorId,
      source: `stocktake:${item.id}`,
      text: { title: `${item.name}: ${left} → ${input.counted}`, note: input.reason },
      lines: [...pieces(item.id, 'adjusted', difference), ...cost(item.id, COST, costChange)],
    }),
  );
  return { stock: input.counted, journalNumber: posted.entry.number };
}

/** Stock and its cost; call under the village's lock. */
async function shelfAndCost(work: BookingAt, goodsId: string): Promise<{ left: number; costFen: number }> {
  const shelf = goodsAccount('shelf', goodsId);
  const stock = stockCostAccount(goodsId);
  const found = await balancesOf(work.tx, work.villageId, [shelf, stock]);
  return { left: found.get(accountId(shelf)) ?? 0, costFen: found.get(accountId(stock)) ?? 0 };
}

/** A loan is counted from the first time it is taken in. */
async function keepStock(work: BookingAt, item: GoodsRow): Promise<void> {
  if (item.keepsStock) return;
  const { goods } = work.tx.t;
  await work.tx.db
    .update(goods)
    .set({ keepsStock: true })
    .where(and(eq(goods.villageId, work.villageId), eq(goods.id, item.id)))
    .returning({ id: goods.id });
}

function pieces(goodsId: string, against: 'supplier' | 'adjusted', quantity: number): LineInput[] {
  return [
    { account: goodsAccount(against, goodsId), amount: -quantity },
    { account: goodsAccount('shelf', goodsId), amount: quantity },
  ];
}

function cost(goodsId: string, against: AccountRef, fen: number): LineInput[] {
  if (fen === 0) return [];
  return [
    { account: against, amount: -fen },
    { account: stockCostAccount(goodsId), amount: fen },
  ];
}

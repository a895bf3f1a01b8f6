import type { GoodsItem } from '../../shared/goods/contract.ts';

/** Pure arithmetic of the basket: what may go in, what it costs, what is left. */

export interface BasketLine {
  readonly goodsId: string;
  readonly quantity: number;
}

/** Why one more piece of an item cannot be added; null when it can. */
export type Obstacle = 'sold_out' | 'limit' | 'points_short';

/** One household's means and what it takes. */
export interface Purchase {
  readonly balance: number;
  readonly lines: readonly BasketLine[];
  readonly goods: ReadonlyMap<string, GoodsItem>;
  /** Pieces of limited items this household may still have this month, the basket not counted. */
  readonly remaining: ReadonlyMap<string, number>;
}

export function quantityOf(lines: readonly BasketLine[], goodsId: string): number {
  return lines.find((line) => line.goodsId === goodsId)?.quantity ?? 0;
}

/** Sets the quantity of an item: a new item goes to the end, zero takes it out. */
export function withQuantity(lines: readonly BasketLine[], goodsId: string, quantity: number): BasketLine[] {
  if (quantity <= 0) return lines.filter((line) => line.goodsId !== goodsId);
  if (quantityOf(lines, goodsId) === 0) return [...lines, { goodsId, quantity }];
  return lines.map((line) => (line.goodsId === goodsId ? { goodsId, quantity } : line));
}

export function totalOf(lines: readonly BasketLine[], goods: ReadonlyMap<string, GoodsItem>): number {
  return lines.reduce((sum, line) => sum + line.quantity * (goods.get(line.goodsId)?.price ?? 0), 0);
}

export function leftAfter(purchase: Purchase): number {
  return purchase.balance - totalOf(purchase.lines, purchase.goods);
}

/** Pieces that may still be added under the monthly limit, the basket counted; null when there is no limit. */
export function allowedMore(purchase: Purchase, goodsId: string): number | null {
  const remaining = purchase.remaining.get(goodsId);
  return remaining === undefined ? null : Math.max(0, remaining - quantityOf(purchase.lines, goodsId));
}

export function obstacleTo(purchase: Purchase, item: GoodsItem): Obstacle | null {
  const inBasket = quantityOf(purchase.lines, item.id);
  if (item.stock !== null && item.stock - inBasket < 1) return 'sold_out';
  if (allowedMore(purchase, item.id) === 0) return 'limit';
  if (item.price > leftAfter(purchase)) return 'points_short';
  return null;
}

/** Lines whose item is no longer handed out are dropped: a basket kept through a reload meets fresh goods. */
export function keepKnown(lines: readonly BasketLine[], goods: ReadonlyMap<string, GoodsItem>): BasketLine[] {
  return lines.filter((line) => goods.has(line.goodsId));
}

/**
 * The shelf for one household: what the balance reaches and what it does not, as the village arranged it within.
 * Decided by the balance at the start, so that nothing moves under the finger while the basket fills.
 */
export function byReach(
  items: readonly GoodsItem[],
  balance: number,
): { within: GoodsItem[]; beyond: GoodsItem[] } {
  const isWithin = (item: GoodsItem) => item.stock !== 0 && item.price <= balance;
  const beyond = items.filter((item) => !isWithin(item));
  // Goods that points do not reach for come before goods that are sold out.
  const rank = (item: GoodsItem) => (item.stock === 0 ? 1 : 0);
  return { within: items.filter(isWithin), beyond: beyond.sort((a, b) => rank(a) - rank(b)) };
}

/** Categories in the order they first appear. */
export function categoriesOf(items: readonly GoodsItem[]): string[] {
  return [...new Set(items.map((item) => item.category))];
}

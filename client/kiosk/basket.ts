import type { GoodsItem } from '../../shared/goods/contract.ts';

/** Pure arithmetic of the basket: what may go in, what it costs, what is left. */

export interface BasketLine {
  readonly goodsId: string;
  readonly quantity: number;
}

/** Why one more piece of an item cannot be added; null when it can. */
export type Obstacle = 'sold_out' | 'limit' | 'points_short' | 'needs_network';

/** One household's means and what it takes. */
export interface Purchase {
  readonly balance: number;
  readonly lines: readonly BasketLine[];
  readonly goods: ReadonlyMap<string, GoodsItem>;
  /** Pieces of limited items this household may still have this month, the basket not counted. */
  readonly remaining: ReadonlyMap<string, number>;
  /** The most that it may be handed out without the server, in hundredths; null: the server is there. */
  readonly most: number | null;
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
  const { most, lines, goods } = purchase;
  if (most !== null && item.price > most - totalOf(lines, goods)) return 'needs_network';
  return null;
}

/** Lines whose item is no longer handed out are dropped: a basket kept through a reload meets fresh goods. */
export function keepKnown(lines: readonly BasketLine[], goods: ReadonlyMap<string, GoodsItem>): BasketLine[] {
  return lines.filter((line) => goods.has(line.goodsId));
}

/** Goods may come with their place among what is taken most; those without one keep the village's order behind. */
export interface Ranked {
  readonly rank?: number | null;
}

/** So many of the things taken most often stand before the categories. */
const OFTEN = 12;

/**
 * The shelf: what is taken most comes first, then category by category. It is the same for every household and stays
 * as it is while a basket fills, so that a hand learns where things stand.
 */
export function inOrder(items: readonly (GoodsItem & Ranked)[]): GoodsItem[] {
  const place = ({ rank }: Ranked) => rank ?? Number.MAX_SAFE_INTEGER;
  const often = items.filter((item) => place(item) <= OFTEN).sort((a, b) => place(a) - place(b));
  const others = items.filter((item) => place(item) > OFTEN);
  return [
    ...often,
    ...categoriesOf(items).flatMap((name) => others.filter(({ category }) => category === name)),
  ];
}

/** How many of these the household can have now, the basket counted. */
export function reachable(items: readonly GoodsItem[], purchase: Purchase): number {
  return items.filter((item) => obstacleTo(purchase, item) === null).length;
}

/** Categories in the order they first appear. */
export function categoriesOf(items: readonly GoodsItem[]): string[] {
  return [...new Set(items.map((item) => item.category))];
}

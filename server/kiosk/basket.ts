import { Refusal } from '../../shared/errors.ts';
import { listed } from '../../shared/sentence.ts';
import type { GoodsRow } from '../goods/index.ts';

export interface BasketLine {
  readonly goodsId: string;
  readonly quantity: number;
}

export interface PricedLine {
  readonly goods: GoodsRow;
  readonly quantity: number;
}

/** Merges the lines of one item, in the order first scanned. */
export function mergeLines(lines: readonly BasketLine[]): BasketLine[] {
  const quantities = new Map<string, number>();
  for (const { goodsId, quantity } of lines)
    quantities.set(goodsId, (quantities.get(goodsId) ?? 0) + quantity);
  return Array.from(quantities, ([goodsId, quantity]) => ({ goodsId, quantity }));
}

/** Looks every item up; refuses items that are unknown or no longer handed out. */
export function priceLines(
  lines: readonly BasketLine[],
  find: (goodsId: string) => GoodsRow | undefined,
): PricedLine[] {
  const priced = lines.map(({ goodsId, quantity }) => {
    const row = find(goodsId);
    if (!row) throw new Refusal('goods.not_found', { id: goodsId });
    return { goods: row, quantity };
  });
  for (const { goods: row } of priced)
    if (!row.enabled) throw new Refusal('goods.disabled', { name: row.name });
  return priced;
}

/** `taken`: pieces handed out to the household this month already. */
export function checkLimits(lines: readonly PricedLine[], taken: ReadonlyMap<string, number>): void {
  for (const { goods, quantity } of lines) {
    if (goods.monthlyLimit === null) continue;
    const had = taken.get(goods.id) ?? 0;
    if (had + quantity <= goods.monthlyLimit) continue;
    const left = Math.max(0, goods.monthlyLimit - had);
    throw new Refusal('goods.limit', {
      name: goods.name,
      limit: goods.monthlyLimit,
      had,
      left,
      wanted: quantity,
    });
  }
}

/** The total in hundredths; refuses when it is not what the screen showed. */
export function totalPoints(lines: readonly PricedLine[], expected: number): number {
  const total = lines.reduce((sum, { goods, quantity }) => sum + goods.price * quantity, 0);
  if (total !== expected) throw new Refusal('goods.price_changed', { expected, total });
  return total;
}

const TITLE_MAX = 200;

/** The title of the passbook line: 大米5kg×1、食盐400g×2. */
export function basketTitle(lines: readonly { name: string; quantity: number }[]): string {
  const title = listed(lines.map(({ name, quantity }) => `${name}×${quantity}`));
  const characters = Array.from(title);
  return characters.length <= TITLE_MAX ? title : `${characters.slice(0, TITLE_MAX - 1).join('')}…`;
}

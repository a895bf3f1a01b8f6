import type { GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import type { GoodsRow } from './goods.ts';
import type { OpeningStock } from './opening-stock.ts';
import type { StockIn } from './stock.ts';

/** Asks a second person for a delivery that, with what came of the item before on this day, costs more than one may take in. */
export function needSecondForDelivery(
  at: GuardedAt,
  item: GoodsRow,
  { quantity, totalCostFen, source, note, donor = '', thanksDonor = false }: StockIn,
  beforeFen: number,
): void {
  const today = beforeFen + worthFen(item, quantity, totalCostFen);
  if (today <= at.village.settings.deliveryNeedsSecondAboveFen) return;
  const thanks = donor === '' ? {} : { donor, thanksDonor };
  needSecond(at, { on: `goods:${item.id}`, is: { quantity, totalCostFen, today, source, note, ...thanks } });
}

/** Does the same for a list of items that are taken in at once. */
export function needSecondForList(
  at: GuardedAt,
  villageId: string,
  { items, note }: OpeningStock,
  rows: readonly GoodsRow[],
): void {
  const worth = rows.map((item, index) => {
    const { quantity = 0, totalCostFen = 0 } = items[index] ?? {};
    return worthFen(item, quantity, totalCostFen);
  });
  const totalCostFen = worth.reduce((sum, fen) => sum + fen, 0);
  if (totalCostFen <= at.village.settings.deliveryNeedsSecondAboveFen) return;
  const told = rows.map(({ name }, index) => `${name}×${String(items[index]?.quantity ?? 0)}`);
  needSecond(at, { on: `village:${villageId}`, is: { items: told, totalCostFen, note } });
}

/** A gift that is written down as worth nothing counts by what such pieces usually cost. */
export function worthFen({ costFen }: GoodsRow, quantity: number, totalCostFen: number): number {
  return Math.max(totalCostFen, quantity * (costFen ?? 0));
}

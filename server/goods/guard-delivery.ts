import type { GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import type { GoodsRow } from './goods-row.ts';

/** Pieces that come in, with what they cost. */
interface Taken {
  readonly quantity: number;
  readonly totalCostFen: number;
}

interface Delivery extends Taken {
  readonly source: string;
  readonly note: string;
  readonly donor?: string;
  readonly thanksDonor?: boolean;
}

interface TakenList {
  readonly items: readonly Taken[];
  readonly note: string;
}

/** Asks a second person for a delivery that, with what came of the item before on this day, costs more than one may take in. */
export function needSecondForDelivery(
  at: GuardedAt,
  item: GoodsRow,
  { quantity, totalCostFen, source, note, donor = '', thanksDonor = false }: Delivery,
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
  { items, note }: TakenList,
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

import { and, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { returnedPieces, standingLines } from '../goods/index.ts';
import { monthSums } from '../ledger/index.ts';
import { deedsByMonth } from '../proposals/index.ts';

type FarSide = 'issued' | 'deducted' | 'redeemed';

/** The kinds of account on the far side. Awards are taken from what the village issues, or from a month's budget, which it fills. */
export const FAR_KINDS: Readonly<Record<FarSide, readonly string[]>> = {
  issued: ['issued', 'budget'],
  deducted: ['deducted'],
  redeemed: ['redeemed'],
};
const FAR_SIDES = Object.keys(FAR_KINDS) as FarSide[];

/** Points that left or came back to the village in a month, under one head of the rule book. */
export interface Flow {
  readonly month: string;
  readonly side: FarSide;
  /** Null: not under a rule. */
  readonly head: string | null;
  /** The amount on the far side: issued is negative, deducted and redeemed are positive. */
  readonly amount: number;
}

export interface Period {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * Points given, taken off and redeemed in these months (oldest first), by month and head. A reversal counts in its own
 * month, under the head of the entry it takes back. It reads sums that were kept with the entries, so that its work does
 * not grow with them.
 */
export async function flows(reader: Reader, villageId: string, months: readonly string[]): Promise<Flow[]> {
  const deeds = await deedsByMonth(reader, villageId, months[0] ?? '');
  const underHeads = deeds.flatMap(({ month, head, given, deducted }): Flow[] => [
    { month, head, side: 'issued', amount: 0 - given },
    { month, head, side: 'deducted', amount: deducted },
  ]);
  const sums = await monthSums(reader, villageId, Object.values(FAR_KINDS).flat(), months);
  const others = months.flatMap((month) =>
    FAR_SIDES.flatMap((side): Flow[] => {
      const moved = sums.filter((one) => one.month === month && FAR_KINDS[side].includes(one.kind));
      const known = underHeads.filter((flow) => flow.month === month && flow.side === side);
      const rest = sumOf(moved) - sumOf(known);
      return moved.length === 0 || rest === 0 ? [] : [{ month, side, head: null, amount: rest }];
    }),
  );
  return [...underHeads, ...others];
}

export function sumOf(moved: readonly { readonly amount: number }[]): number {
  return moved.reduce((sum, { amount }) => sum + amount, 0);
}

/** The goods that points were exchanged for in a period, by category, without undone redemptions and what came back of them. */
export async function exchanged(
  reader: Reader,
  villageId: string,
  { from, to }: Period,
): Promise<{ category: string; points: number; pieces: number }[]> {
  const { journal, redemptionLines, goods } = reader.t;
  const kept = sql`${redemptionLines.quantity} - ${returnedPieces(reader)}`;
  const points = sql<number>`coalesce(sum(${redemptionLines.price} * (${kept})), 0)`.mapWith(Number);
  const rows = await reader.db
    .select({
      category: goods.category,
      points,
      pieces: sql<number>`coalesce(sum(${kept}), 0)`.mapWith(Number),
    })
    .from(journal)
    .crossJoin(redemptionLines)
    .innerJoin(
      goods,
      and(eq(goods.villageId, redemptionLines.villageId), eq(goods.id, redemptionLines.goodsId)),
    )
    .where(standingLines(reader, villageId, { from, to }))
    .groupBy(goods.category);
  return rows.sort((a, b) => b.points - a.points || (a.category < b.category ? -1 : 1));
}

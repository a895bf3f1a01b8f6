import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';

const YEAR_DAYS = 365;

/**
 * Counts the days of the last twelve months on which a household redeemed, and those on which it redeemed no more than
 * an amount. It sums as `redeemedOnDay` does, so it says how often the PIN would have been asked with the card.
 */
export async function pinShare(
  reader: Reader,
  villageId: string,
  { above, today }: { readonly above: number; readonly today: string },
): Promise<Answer<Operations['kiosks.pinShare']>> {
  const { redemptions } = reader.t;
  const byDay = reader.db
    .select({ points: sql<number>`sum(${redemptions.points})`.as('points') })
    .from(redemptions)
    .where(
      and(eq(redemptions.villageId, villageId), gte(redemptions.effectiveOn, addDays(today, 1 - YEAR_DAYS))),
    )
    .groupBy(redemptions.householdId, redemptions.effectiveOn)
    .as('by_day');
  const [row] = await reader.db
    .select({
      days: sql`count(*)`.mapWith(Number),
      under: sql`coalesce(sum(case when ${byDay.points} <= ${above} then 1 else 0 end), 0)`.mapWith(Number),
    })
    .from(byDay);
  return row ?? { days: 0, under: 0 };
}

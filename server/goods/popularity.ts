import { count } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import { standingLines } from './standing-lines.ts';

/** How often each item of a village is taken: 1 is the most often. An item that was not taken lately has none. */
export interface Popularity {
  ranks(reader: Reader, villageId: string, today: string): Promise<ReadonlyMap<string, number>>;
}

/**
 * The last quarter, and the weeks around this day in earlier years: mosquito coils come back with the summer. Nothing
 * else is read, so that the question costs the same at any length of history.
 */
const SEASONS = [
  { from: -90, to: 0, weight: 2 },
  { from: -365 - 30, to: -365 + 45, weight: 2 },
  { from: -730 - 30, to: -730 + 45, weight: 1 },
] as const;

/** Counts once a day for each village: the shelf should not change its order while people shop. */
export function createPopularity(): Popularity {
  const known = new Map<string, { readonly today: string; readonly ranks: Promise<Map<string, number>> }>();
  return {
    ranks(reader, villageId, today) {
      const found = known.get(villageId);
      if (found?.today === today) return found.ranks;
      const ranks = countRanks(reader, villageId, today);
      ranks.catch(() => known.delete(villageId));
      known.set(villageId, { today, ranks });
      return ranks;
    },
  };
}

async function countRanks(reader: Reader, villageId: string, today: string): Promise<Map<string, number>> {
  const scores = new Map<string, number>();
  for (const { from, to, weight } of SEASONS) {
    const taken = await timesTaken(reader, villageId, addDays(today, from), addDays(today, to));
    for (const { goodsId, times } of taken) scores.set(goodsId, (scores.get(goodsId) ?? 0) + times * weight);
  }
  const inOrder = Array.from(scores).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Map(inOrder.map(([goodsId], index) => [goodsId, index + 1]));
}

/** In how many redemptions of these days each item was, without undone ones, along the index of days. */
async function timesTaken(
  reader: Reader,
  villageId: string,
  from: string,
  to: string,
): Promise<{ goodsId: string; times: number }[]> {
  const { journal, redemptionLines } = reader.t;
  return reader.db
    .select({ goodsId: redemptionLines.goodsId, times: count() })
    .from(journal)
    .crossJoin(redemptionLines)
    .where(standingLines(reader, villageId, { from, to }))
    .groupBy(redemptionLines.goodsId);
}

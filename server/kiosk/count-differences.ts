import { and, desc, eq, gte, inArray, max } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays, DAY_MS } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { kiosksBesides } from './kiosks-besides.ts';
import { shownCounts } from './left-counts.ts';

/** A difference that nobody has looked at for so long is left to the next stocktake of the whole shop. */
const DAYS = 60;
/** More counts than two kiosks make in that time with three shifts a day. */
const COUNTS_MOST = 800;

interface At {
  readonly villageId: string;
  readonly nowMs: number;
  readonly today: string;
  readonly mayBeBehind: boolean;
}

/**
 * The latest count of each item, where it differs from the book of that moment and no stocktake came since. A count that is
 * right ends the difference too: somebody has looked again.
 */
export async function countDifferences(
  reader: Reader,
  at: At,
): Promise<Answer<Operations['shifts.differences']>> {
  const { villageId, nowMs } = at;
  const { shiftCounts } = reader.t;
  const rows = await reader.db
    .select()
    .from(shiftCounts)
    .where(and(eq(shiftCounts.villageId, villageId), gte(shiftCounts.keptAtMs, nowMs - DAYS * DAY_MS)))
    .orderBy(desc(shiftCounts.keptAtMs), desc(shiftCounts.id))
    .limit(COUNTS_MOST);
  const latest = new Map<string, { readonly index: number; readonly isDifferent: boolean }>();
  for (const [index, { lines }] of rows.entries())
    for (const { goodsId, counted, booked } of lines)
      if (counted !== null && !latest.has(goodsId))
        latest.set(goodsId, { index, isDifferent: counted !== booked });
  const open = Array.from(latest).filter(([, { isDifferent }]) => isDifferent);
  const taken = await stocktakesOf(
    reader,
    at,
    open.map(([goodsId]) => goodsId),
  );
  const waiting = open.filter(([goodsId, { index }]) => {
    const row = rows[index];
    return row !== undefined && (taken.get(goodsId) ?? 0) < row.keptAtMs;
  });
  const shown = await shownCounts(reader, villageId, rows);
  const besides = await kiosksBesides(reader, at);
  return {
    items: waiting.flatMap(([goodsId, { index }]) => {
      const count = shown[index];
      const line = count?.lines.find((one) => one.goodsId === goodsId);
      if (!count || !line) return [];
      const { id: countId, kiosk, volunteer, takenAtMs, withoutNetwork } = count;
      return [{ ...line, countId, kiosk, volunteer, takenAtMs, withoutNetwork }];
    }),
    besides: besides.map(({ kiosk, isBehind }) => ({ kiosk, isBehind })),
  };
}

/** When each of these items was last brought to what was counted by two people. */
async function stocktakesOf(
  { db, t: { journal } }: Reader,
  { villageId, today }: At,
  goodsIds: readonly string[],
): Promise<Map<string, number>> {
  if (goodsIds.length === 0) return new Map();
  const sources = goodsIds.map((id) => `stocktake:${id}`);
  const rows = await db
    .select({ source: journal.source, atMs: max(journal.bookedAtMs) })
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        eq(journal.kind, 'stocktake'),
        gte(journal.effectiveOn, addDays(today, -DAYS - 1)),
        inArray(journal.source, sources),
      ),
    )
    .groupBy(journal.source);
  return new Map(rows.map(({ source, atMs }) => [(source ?? '').slice('stocktake:'.length), Number(atMs)]));
}

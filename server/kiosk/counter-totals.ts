import { and, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { notReversed } from '../ledger/index.ts';
import { notUndone } from './receipts.ts';

/** Sums what a shift has handed out so far, without undone redemptions, and those that were undone apart. */
export async function shiftTotals(reader: Reader, villageId: string, shiftId: string): Promise<ShiftTotals> {
  const { redemptions, redemptionLines } = reader.t;
  const ofShift = eq(redemptions.shiftId, shiftId);
  const [handed] = await reader.db
    .select({ pieces: sql`coalesce(sum(${redemptionLines.quantity}), 0)`.mapWith(Number) })
    .from(redemptions)
    // A cross join keeps SQLite from beginning with all lines of the village.
    .crossJoin(redemptionLines)
    .where(
      and(
        eq(redemptions.villageId, villageId),
        ofShift,
        eq(redemptionLines.villageId, redemptions.villageId),
        eq(redemptionLines.journalNumber, redemptions.journalNumber),
        notUndone(reader),
      ),
    );
  const standing = await totals(reader, villageId, and(ofShift, notUndone(reader)));
  const booked = await totals(reader, villageId, ofShift);
  return {
    ...standing,
    pieces: handed?.pieces ?? 0,
    undone: booked.redemptions - standing.redemptions,
    undonePoints: booked.points - standing.points,
    ...(await returnTotals(reader, villageId, shiftId)),
  };
}

/** Sums what came back in a shift, whoever had handed it out. Returns that were taken back are left out. */
async function returnTotals(reader: Reader, villageId: string, shiftId: string): Promise<ReturnTotals> {
  const { returns } = reader.t;
  const [row] = await reader.db
    .select({ returned: COUNT, returnedPoints: sql`coalesce(sum(${returns.points}), 0)`.mapWith(Number) })
    .from(returns)
    .where(and(eq(returns.villageId, villageId), eq(returns.shiftId, shiftId), notReversed(reader, returns)));
  return row ?? { returned: 0, returnedPoints: 0 };
}

/**
 * Sums what a volunteer has handed out on a day, on all kiosks. It begins at the volunteer's shifts of the last days: a
 * shift does not last as long, so that nothing of the day is missed and nothing of the years before is read.
 */
export async function dayTotals(
  reader: Reader,
  villageId: string,
  own: { readonly volunteerId: string; readonly day: string; readonly nowMs: number },
): Promise<Pick<Totals, 'redemptions' | 'points'>> {
  const { kiosks, shifts, redemptions } = reader.t;
  const recent = await reader.db
    .select({ id: shifts.id })
    .from(kiosks)
    .innerJoin(
      shifts,
      and(
        eq(shifts.villageId, kiosks.villageId),
        eq(shifts.kioskId, kiosks.id),
        gte(shifts.startedAtMs, own.nowMs - 2 * DAY_MS),
      ),
    )
    .where(and(eq(kiosks.villageId, villageId), eq(shifts.volunteerId, own.volunteerId)));
  if (recent.length === 0) return { redemptions: 0, points: 0 };
  const ids = recent.map(({ id }) => id);
  const whose = and(inArray(redemptions.shiftId, ids), eq(redemptions.effectiveOn, own.day));
  const { redemptions: count, points } = await totals(reader, villageId, and(whose, notUndone(reader)));
  return { redemptions: count, points };
}

interface Totals {
  readonly redemptions: number;
  readonly points: number;
  readonly households: number;
}

interface ReturnTotals {
  readonly returned: number;
  readonly returnedPoints: number;
}

interface ShiftTotals extends Totals, ReturnTotals {
  readonly pieces: number;
  readonly undone: number;
  readonly undonePoints: number;
}

const COUNT = sql`count(*)`.mapWith(Number);

async function totals(reader: Reader, villageId: string, which: SQL | undefined): Promise<Totals> {
  const { redemptions } = reader.t;
  const [row] = await reader.db
    .select({
      redemptions: COUNT,
      points: sql`coalesce(sum(${redemptions.points}), 0)`.mapWith(Number),
      households: sql`count(distinct ${redemptions.householdId})`.mapWith(Number),
    })
    .from(redemptions)
    .where(and(eq(redemptions.villageId, villageId), which));
  return row ?? { redemptions: 0, points: 0, households: 0 };
}

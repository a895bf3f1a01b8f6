import { and, asc, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tables } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import type { redemption } from '../../shared/kiosk/contract.ts';
import { UNDO_WITHIN_MS } from '../../shared/kiosk/undo-limit.ts';
import { maskName } from '../../shared/mask-name.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { digitsOf, notReversed, passbook } from '../ledger/index.ts';

export type Receipt = z.input<typeof redemption>;

const RECENT_MAX = 50;
/** A slip with the balance is printed minutes after its entry: few lines can have come since. */
const LINES_SINCE = 20;

/** Whether a redemption can still be undone: the kiosk's latest, not undone, and young. */
export function mayUndo(
  one: { isLatest: boolean; undone: boolean; bookedAtMs: number },
  nowMs: number,
): boolean {
  return one.isLatest && !one.undone && nowMs - one.bookedAtMs <= UNDO_WITHIN_MS;
}

/** The last redemptions of a kiosk, newest first. */
export async function recentReceipts(
  reader: Reader,
  villageId: string,
  kioskId: string,
  nowMs: number,
): Promise<Receipt[]> {
  return receiptsOf(reader, { villageId, kioskId, nowMs }, undefined);
}

/** One redemption of a kiosk with the balance after it, for its slip; undefined if the kiosk has none with this id. */
export async function receiptById(
  reader: Reader,
  at: { readonly villageId: string; readonly kioskId: string; readonly nowMs: number },
  id: string,
): Promise<Omit<Receipt, 'mayUndo'> | undefined> {
  const [receipt] = await receiptsOf(reader, at, eq(reader.t.redemptions.id, id));
  if (!receipt) return undefined;
  const account = householdAccount(receipt.household.id);
  const { lines } = await passbook(reader, at.villageId, account, { limit: LINES_SINCE });
  const line = lines.find(({ number }) => number === receipt.journalNumber);
  return { ...receipt, balanceAfter: line?.balanceAfter ?? null };
}

async function receiptsOf(
  reader: Reader,
  {
    villageId,
    kioskId,
    nowMs,
  }: { readonly villageId: string; readonly kioskId: string; readonly nowMs: number },
  which: SQL | undefined,
): Promise<Receipt[]> {
  const { redemptions, households, volunteers, journal } = reader.t;
  const rows = await reader.db
    .select({
      id: redemptions.id,
      household: { id: households.id, number: households.number, head: households.head },
      points: redemptions.points,
      bookedAtMs: redemptions.bookedAtMs,
      journalNumber: redemptions.journalNumber,
      reversedBy: journal.number,
      volunteer: volunteers.name,
    })
    .from(redemptions)
    .innerJoin(
      households,
      and(eq(households.villageId, redemptions.villageId), eq(households.id, redemptions.householdId)),
    )
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, redemptions.villageId), eq(volunteers.id, redemptions.volunteerId)),
    )
    .leftJoin(journal, reversesRedemption(reader.t))
    .where(and(eq(redemptions.villageId, villageId), eq(redemptions.kioskId, kioskId), which))
    .orderBy(desc(redemptions.journalNumber))
    .limit(RECENT_MAX);
  const entries = rows.map((row) => row.journalNumber);
  const lines = await linesOf(reader, villageId, entries);
  const digits = await digitsOf(reader, villageId, entries);
  return rows.map(({ reversedBy, ...row }, index) => {
    const undone = reversedBy !== null;
    const isLatest = index === 0;
    return {
      ...row,
      // The household's number identifies it; nobody at a counter should read a list of full names.
      household: { ...row.household, head: maskName(row.household.head) },
      lines: lines.get(row.journalNumber) ?? [],
      digits: digits.get(row.journalNumber) ?? '',
      balanceAfter: null,
      undone,
      mayUndo: mayUndo({ isLatest, undone, bookedAtMs: row.bookedAtMs }, nowMs),
    };
  });
}

/**
 * Condition on redemptions: they were not undone. The journal decides, whoever reversed one and on whichever screen.
 */
export function notUndone(reader: Pick<Reader, 'db' | 't'>): SQL {
  return notReversed(reader, reader.t.redemptions);
}

function reversesRedemption({ journal, redemptions }: Tables): SQL | undefined {
  return and(
    eq(journal.villageId, redemptions.villageId),
    eq(journal.reversesNumber, redemptions.journalNumber),
  );
}

async function linesOf(
  reader: Reader,
  villageId: string,
  entries: readonly number[],
): Promise<Map<number, Receipt['lines']>> {
  const byEntry = new Map<number, Receipt['lines']>();
  if (entries.length === 0) return byEntry;
  const { redemptionLines } = reader.t;
  const rows = await reader.db
    .select()
    .from(redemptionLines)
    .where(
      and(eq(redemptionLines.villageId, villageId), inArray(redemptionLines.journalNumber, [...entries])),
    )
    .orderBy(asc(redemptionLines.journalNumber), asc(redemptionLines.line));
  for (const { journalNumber, goodsId, name, unit, quantity, price } of rows) {
    const found = byEntry.get(journalNumber) ?? [];
    found.push({ goodsId, name, unit, quantity, price });
    byEntry.set(journalNumber, found);
  }
  return byEntry;
}

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
  };
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

interface ShiftTotals extends Totals {
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

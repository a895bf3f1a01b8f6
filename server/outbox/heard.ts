import { and, count, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';

/** The number of the last row that came of a device; 0: none. */
export async function lastNumber(
  { db, t: { outboxRows } }: Reader,
  villageId: string,
  deviceId: string,
): Promise<number> {
  const [last] = await db
    .select({ number: sql<number>`coalesce(max(${outboxRows.number}), 0)`.mapWith(Number) })
    .from(outboxRows)
    .where(and(eq(outboxRows.villageId, villageId), eq(outboxRows.deviceId, deviceId)));
  return last?.number ?? 0;
}

/** The number of the last row that had come of a device by this time; 0: none. */
export async function lastNumberBy(
  { db, t: { outboxRows: rows } }: Reader,
  villageId: string,
  { deviceId, atMs }: { readonly deviceId: string; readonly atMs: number | null },
): Promise<number> {
  if (atMs === null) return 0;
  const [last] = await db
    .select({ number: rows.number })
    .from(rows)
    .where(and(eq(rows.villageId, villageId), eq(rows.deviceId, deviceId), lte(rows.receivedAtMs, atMs)))
    .orderBy(desc(rows.number))
    .limit(1);
  return last?.number ?? 0;
}

/** Whether one of these rows has come, and not the one before it. */
export async function hasGapBefore(
  { db, t: { outboxRows: rows } }: Reader,
  villageId: string,
  { deviceId, numbers }: { readonly deviceId: string; readonly numbers: ReadonlySet<number> },
): Promise<boolean> {
  const before = Array.from(numbers, (number) => number - 1).filter((n) => n > 0 && !numbers.has(n));
  if (before.length === 0) return false;
  const found = await db
    .selectDistinct({ number: rows.number })
    .from(rows)
    .where(and(eq(rows.villageId, villageId), eq(rows.deviceId, deviceId), inArray(rows.number, before)));
  return found.length < before.length;
}

/** How many rows before its last one have not come. */
export async function missingOf(
  { db, t: { outboxRows } }: Reader,
  villageId: string,
  deviceId: string,
): Promise<number> {
  const { number } = outboxRows;
  const [found] = await db
    .select({
      last: sql<number>`coalesce(max(${number}), 0)`.mapWith(Number),
      had: sql<number>`count(distinct ${number})`.mapWith(Number),
    })
    .from(outboxRows)
    .where(and(eq(outboxRows.villageId, villageId), eq(outboxRows.deviceId, deviceId)));
  return Math.max(0, (found?.last ?? 0) - (found?.had ?? 0));
}

/** A device that was declined so often within a day has to wait: each such row is kept. */
const DECLINED_A_DAY = 500;

/** Finds those of these devices that ask for what is declined, over and over. */
export async function declinedOften(
  { db, t: { outboxRows: rows } }: Reader,
  villageId: string,
  ids: readonly string[],
  nowMs: number,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await db
    .select({ id: rows.deviceId, n: count() })
    .from(rows)
    .where(
      and(
        ...[eq(rows.villageId, villageId), inArray(rows.deviceId, [...ids])],
        // Written out, so that the database sees that the index of these rows is meant.
        ...[sql`${rows.answer} = 'declined'`, gt(rows.receivedAtMs, nowMs - DAY_MS)],
      ),
    )
    .groupBy(rows.deviceId);
  return new Set(found.flatMap(({ id, n }) => (n >= DECLINED_A_DAY ? id : [])));
}

export interface Heard {
  readonly id: string;
  readonly nowMs: number;
  readonly isHeard: boolean;
  /** It had nothing more to send. */
  readonly isEmpty: boolean;
  /** Rows in its name had a wrong signature. */
  readonly isBroken: boolean;
  /** The server's clock minus the device's; null: it did not say. */
  readonly clockOffsetMs: number | null;
  /** The book is told that its rows do not hold together. */
  readonly isAlarming: boolean;
}

/** Notes what is known of a device since its rows came. */
export async function noteHeard(
  tx: Tx,
  villageId: string,
  { id, nowMs, isHeard, isEmpty, isBroken, clockOffsetMs, isAlarming }: Heard,
): Promise<void> {
  const { outboxDevices } = tx.t;
  if (!isHeard && !isBroken) return;
  await tx.db
    .update(outboxDevices)
    .set({
      ...(isHeard ? { heardAtMs: nowMs } : {}),
      ...(isEmpty ? { emptyAtMs: nowMs } : {}),
      ...(isBroken ? { brokenAtMs: nowMs } : {}),
      ...(isHeard && clockOffsetMs !== null ? { clockOffsetMs } : {}),
      ...(isAlarming ? { alarmedAtMs: nowMs } : {}),
    })
    .where(and(eq(outboxDevices.villageId, villageId), eq(outboxDevices.id, id)))
    .returning({ id: outboxDevices.id });
}

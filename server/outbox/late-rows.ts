import { and, count, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import { maskName } from '../../shared/mask-name.ts';
import type { operations } from '../../shared/outbox/contract.ts';
import { entryTitles } from '../ledger/index.ts';

type Late = z.input<(typeof operations)['outbox.late']['response']>;

interface LateQuery {
  readonly open: boolean;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Rows that had happened before the server heard of them, the newest first. */
export async function lateRows(reader: Reader, villageId: string, query: LateQuery): Promise<Late> {
  const { db, t } = reader;
  const { outboxRows: rows, outboxDevices: devices, kiosks, households, volunteers, shifts, staff } = t;
  const isLate = and(eq(rows.villageId, villageId), inArray(rows.doneHow, ['here', 'server']));
  const isOpen = isOpenRow(reader, villageId);
  const found = await db
    .select({
      row: rows,
      kiosk: kiosks.name,
      household: { id: households.id, number: households.number, head: households.head },
      volunteer: volunteers.name,
      settledBy: staff.displayName,
    })
    .from(rows)
    .innerJoin(devices, and(eq(devices.villageId, rows.villageId), eq(devices.id, rows.deviceId)))
    .innerJoin(kiosks, and(eq(kiosks.villageId, devices.villageId), eq(kiosks.id, devices.kioskId)))
    .leftJoin(households, and(eq(households.villageId, rows.villageId), eq(households.id, rows.householdId)))
    .leftJoin(shifts, and(eq(shifts.villageId, rows.villageId), eq(shifts.id, rows.shiftId)))
    .leftJoin(
      volunteers,
      and(eq(volunteers.villageId, shifts.villageId), eq(volunteers.id, shifts.volunteerId)),
    )
    .leftJoin(staff, and(eq(staff.villageId, rows.villageId), eq(staff.id, rows.settledBy)))
    .where(
      and(query.open ? isOpen : isLate, query.before === undefined ? undefined : lt(rows.id, query.before)),
    )
    .orderBy(desc(rows.id))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const numbers = page.flatMap(({ row }) => row.entryNumber ?? []);
  const titles = await entryTitles(reader, villageId, numbers);
  const points = await pointsOf(reader, villageId, numbers);
  return {
    items: page.map(({ row, kiosk, household, volunteer, settledBy }) => ({
      ...{ id: row.id, device: row.deviceId, number: row.number, kiosk, kind: row.kind, answer: row.answer },
      entry: row.entryNumber,
      household: household && { ...household, head: maskName(household.head) },
      volunteer,
      points: row.entryNumber === null ? null : (points.get(row.entryNumber) ?? null),
      title: (row.entryNumber === null ? undefined : titles.get(row.entryNumber)) ?? '',
      ...{ madeAtMs: row.madeAtMs, receivedAtMs: row.receivedAtMs, carriedBy: row.carriedBy },
      marks: row.code === null ? row.marks : [...row.marks, row.code],
      settled:
        row.settledAtMs === null
          ? null
          : { by: settledBy ?? '', atMs: row.settledAtMs, remark: row.remark ?? '' },
    })),
    open: await countOpenRows(reader, villageId),
    next: found.length > query.limit ? (page.at(-1)?.row.id ?? null) : null,
  };
}

/** The rows that somebody has to look at, and nobody has settled. */
export async function countOpenRows(reader: Reader, villageId: string): Promise<number> {
  const { outboxRows: rows } = reader.t;
  const [open] = await reader.db.select({ n: count() }).from(rows).where(isOpenRow(reader, villageId));
  return open?.n ?? 0;
}

function isOpenRow({ t: { outboxRows: rows } }: Reader, villageId: string): SQL | undefined {
  return and(eq(rows.villageId, villageId), sql`${rows.isMarked}`, isNull(rows.settledAtMs));
}

/** The points that redemptions moved, by entry. */
async function pointsOf(
  { db, t: { redemptions } }: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, number>> {
  if (numbers.length === 0) return new Map();
  const found = await db
    .select({ number: redemptions.journalNumber, points: redemptions.points })
    .from(redemptions)
    .where(and(eq(redemptions.villageId, villageId), inArray(redemptions.journalNumber, [...numbers])));
  return new Map(found.map(({ number, points }) => [number, points]));
}

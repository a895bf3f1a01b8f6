import { and, count, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import { maskName } from '../../shared/mask-name.ts';
import { SETTLED_TOGETHER_MAX } from '../../shared/outbox/answers.ts';
import type { operations } from '../../shared/outbox/contract.ts';
import { entryTitles } from '../ledger/index.ts';
import { handedInRows } from './handed-in.ts';

type Late = z.input<(typeof operations)['outbox.late']['response']>;
type LateShifts = z.input<(typeof operations)['outbox.lateShifts']['response']>;

interface LateQuery {
  readonly open: boolean;
  readonly alone: boolean;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Rows that had happened before the server heard of them, the newest first. */
export async function lateRows(reader: Reader, villageId: string, query: LateQuery): Promise<Late> {
  const { outboxRows: rows } = reader.t;
  const isLate = and(eq(rows.villageId, villageId), inArray(rows.doneHow, ['here', 'server']));
  const found = await joinedRows(
    reader,
    and(
      query.open ? isOpenRow(reader, villageId) : isLate,
      query.alone ? sql`not ${rows.isSelfTold}` : undefined,
      query.before === undefined ? undefined : lt(rows.id, query.before),
    ),
    query.limit + 1,
  );
  const page = found.slice(0, query.limit);
  return {
    items: await shownRows(reader, villageId, page),
    open: await countOpenRows(reader, villageId),
    next: found.length > query.limit ? (page.at(-1)?.row.id ?? null) : null,
  };
}

/** So many shifts are shown at a time. */
const SHIFTS_A_PAGE = 10;

/** Rows of which nobody but their device says that they happened, by the shift. */
export async function lateShifts(reader: Reader, villageId: string): Promise<LateShifts> {
  const { db, t } = reader;
  const { outboxRows: rows, shifts } = t;
  const isOpen = and(isOpenRow(reader, villageId), sql`${rows.isSelfTold}`);
  const grouped = await db
    .select({ id: rows.shiftId, first: sql<string>`min(${rows.id})`.as('first_row') })
    .from(rows)
    .where(isOpen)
    .groupBy(rows.shiftId)
    .orderBy(sql`first_row`)
    .limit(SHIFTS_A_PAGE + 1);
  const items: LateShifts['items'] = [];
  for (const { id } of grouped.slice(0, SHIFTS_A_PAGE)) {
    const found = await joinedRows(reader, and(isOpen, eq(rows.shiftId, id)), SETTLED_TOGETHER_MAX);
    const [shift] = await db
      .select({ beganAtMs: shifts.startedAtMs })
      .from(shifts)
      .where(and(eq(shifts.villageId, villageId), eq(shifts.id, id)));
    items.push({
      shift: id,
      ...{ kiosk: found[0]?.kiosk ?? '', volunteer: found[0]?.volunteer ?? null },
      beganAtMs: shift?.beganAtMs ?? null,
      points: found.reduce((sum, { row }) => sum + (row.amount ?? 0), 0),
      rows: (await shownRows(reader, villageId, found)).reverse(),
    });
  }
  return { items, more: grouped.length > SHIFTS_A_PAGE };
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

/** Rows with the names of what they are about, the newest first. */
function joinedRows({ db, t }: Reader, where: SQL | undefined, limit: number) {
  const { outboxRows: rows, outboxDevices: devices, kiosks, households, volunteers, shifts, staff } = t;
  return db
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
    .where(where)
    .orderBy(desc(rows.id))
    .limit(limit);
}

async function shownRows(
  reader: Reader,
  villageId: string,
  page: Awaited<ReturnType<typeof joinedRows>>,
): Promise<Late['items']> {
  const numbers = page.flatMap(({ row }) => row.entryNumber ?? []);
  const titles = await entryTitles(reader, villageId, numbers);
  const points = await pointsOf(reader, villageId, numbers);
  const handedIn = await handedInRows(reader, villageId);
  return page.map(({ row, kiosk, household, volunteer, settledBy }) => ({
    ...{ id: row.id, device: row.deviceId, number: row.number, kiosk, kind: row.kind, answer: row.answer },
    entry: row.entryNumber,
    household: household && { ...household, head: maskName(household.head) },
    volunteer,
    points: row.entryNumber === null ? null : (points.get(row.entryNumber) ?? null),
    title: (row.entryNumber === null ? undefined : titles.get(row.entryNumber)) ?? '',
    copy: row.copyNumber,
    ...{ madeAtMs: row.madeAtMs, receivedAtMs: row.receivedAtMs, carriedBy: row.carriedBy },
    marks: row.code === null ? row.marks : [...row.marks, row.code],
    isHandedIn: row.settledAtMs === null && handedIn.has(row.id),
    settled:
      row.settledAtMs === null
        ? null
        : { by: settledBy ?? '', atMs: row.settledAtMs, remark: row.remark ?? '' },
  }));
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

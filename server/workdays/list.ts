import { and, count, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { Attendance, Workday, WorkdayView } from '../../shared/workdays/contract.ts';
import { mostMinutes } from '../../shared/workdays/hours.ts';
import { wordsAskedBy } from '../../shared/rules/caps.ts';
import { householdNames } from '../households/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { findRule } from '../rules/index.ts';
import { staffNames } from '../staff/index.ts';
import { type PlannedAward, plannedAwards } from './planned-awards.ts';
import { signInAt } from './sign-in-time.ts';
import { type AttendanceRow, attendancesOf, findWorkday, spanOf, type WorkdayRow } from './workday-row.ts';

interface SeenAt {
  readonly village: VillageContext;
  readonly actor: Pick<Actor, 'id'>;
  readonly today: string;
  readonly nowMs: number;
}

/** Reads a page of events, the latest announced first. */
export async function listWorkdays(
  reader: Reader,
  { village, today }: SeenAt,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<{ items: Workday[]; next: string | null }> {
  const { workdays } = reader.t;
  const rows = await reader.db
    .select()
    .from(workdays)
    .where(
      and(eq(workdays.villageId, village.id), before === undefined ? undefined : lt(workdays.id, before)),
    )
    .orderBy(desc(workdays.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const came = await countCame(
    reader,
    village.id,
    page.map(({ id }) => id),
  );
  const rules = new Map<string, Workday['rule']>();
  for (const ruleId of new Set(page.map((row) => row.ruleId))) {
    const { id, code, title } = await findRule(reader, village.id, ruleId, today);
    rules.set(ruleId, { id, code, title });
  }
  return {
    items: page.map((row) => ({
      ...shownWorkday(row),
      rule: rules.get(row.ruleId) ?? { id: row.ruleId, code: '', title: '' },
      ...(came.get(row.id) ?? { came: 0, late: 0 }),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function shownWorkday({ id, title, day, fromClock, untilClock, place, most, state }: WorkdayRow) {
  return { id, title, day, from: fromClock, until: untilClock, place, most, state };
}

async function countCame({ db, t: { attendances } }: Reader, villageId: string, ids: readonly string[]) {
  const { workdayId, isLate, isLeftOut } = attendances;
  if (ids.length === 0) return new Map<string, { came: number; late: number }>();
  const rows = await db
    .select({
      workdayId,
      came: count(),
      late: sql<number>`sum(case when ${isLate} then 1 else 0 end)`.mapWith(Number),
    })
    .from(attendances)
    .where(and(eq(attendances.villageId, villageId), inArray(workdayId, [...ids]), eq(isLeftOut, false)))
    .groupBy(workdayId);
  return new Map(rows.map(({ workdayId: id, ...counts }) => [id, counts]));
}

/** Shows one event with everybody on its list, and what closing it would propose. */
export async function viewWorkday(reader: Reader, at: SeenAt, id: string): Promise<WorkdayView> {
  const { village, today, actor } = at;
  const workday = await findWorkday(reader, { villageId: village.id, today }, id);
  const { row, rule, worth, step } = workday;
  const rows = await attendancesOf(reader, row);
  const planned =
    row.state === 'cancelled'
      ? []
      : await plannedAwards(reader, { villageId: village.id, today, actorId: actor.id }, workday, rows);
  const there = rows.filter(({ isLeftOut }) => !isLeftOut);
  const names = await staffNames(reader, village.id);
  const nameOf = (person: string | null) => (person === null ? null : (names.get(person) ?? ''));
  const { code, title, caps, points } = rule;
  const wrong = planned.filter(({ refusal }) => refusal !== null);
  return {
    ...shownWorkday(row),
    rule: { id: row.ruleId, code, title },
    ...{ came: there.length, late: there.filter(({ isLate }) => isLate).length },
    reason: row.reason,
    announcedBy: nameOf(row.announcedBy) ?? '',
    closedBy: nameOf(row.closedBy),
    closedAtMs: row.closedAtMs,
    ...{ worth, points: worth === null ? null : points, step },
    asksMember: wordsAskedBy(caps).includes('member'),
    longest: mostMinutes(spanOf(row), step),
    signIn: signInAt(row, at),
    ...{ toPropose: planned.length, wrong: wrong.length },
    attendances: await shownAttendances(reader, rows, planned, nameOf),
    village: { name: village.name, town: village.town },
  };
}

async function shownAttendances(
  reader: Reader,
  rows: readonly AttendanceRow[],
  planned: readonly PlannedAward[],
  nameOf: (person: string | null) => string | null,
): Promise<Attendance[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = Array.from(new Set(rows.map(({ householdId }) => householdId)));
  const names = await householdNames(reader, first.villageId, ids);
  const plans = new Map(planned.map((one) => [one.row.id, one]));
  const deeds = await deedsOf(reader, first.villageId, rows);
  return rows.map((row) => {
    const {
      id: householdId = row.householdId,
      number = '',
      head = '',
      group = '',
    } = names.get(row.householdId) ?? {};
    const { id, member, way, inAtMs, outAtMs, minutes, hoursReason, isLate, lateReason } = row;
    const deed = deeds.get(id);
    const plan = plans.get(id);
    return {
      ...{ id, household: { id: householdId, number, head, group }, member, way, inAtMs, outAtMs, minutes },
      ...{ hoursReason, isLate, lateReason, isLeftOut: row.isLeftOut, leftOutReason: row.leftOutReason },
      ...{ inBy: nameOf(row.inBy) ?? '', hoursBy: nameOf(row.hoursBy), agreedBy: nameOf(row.agreedBy) },
      points: deed?.points ?? plan?.points ?? null,
      refusal: plan?.refusal ?? null,
      deed: deed ? { id: deed.id, state: deed.state, entry: deed.entry } : null,
    };
  });
}

/** The awards of these people, by their attendance. */
async function deedsOf({ db, t: { proposals } }: Reader, villageId: string, rows: readonly AttendanceRow[]) {
  const batchIds = Array.from(new Set(rows.flatMap(({ batchId }) => batchId ?? [])));
  if (batchIds.length === 0) return new Map<string, never>();
  const { id, state, points, journalNumber: entry, attendance } = proposals;
  const found = await db
    .select({ id, state, points, entry, attendance })
    .from(proposals)
    .where(and(eq(proposals.villageId, villageId), inArray(proposals.batchId, batchIds)));
  return new Map(
    found.flatMap((one) => (one.attendance ? [[one.attendance.attendanceId, one] as const] : [])),
  );
}

import { changed, writeRows } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { countedMinutes } from '../../shared/workdays/hours.ts';
import { householdNames } from '../households/index.ts';
import type { At } from './sign-in.ts';
import { minuteOfDay } from './village-clock.ts';
import { type Came, whoCame } from './who-came.ts';
import { type AttendanceRow, attendancesOf, findWorkday, type KnownWorkday, spanOf } from './workday-row.ts';

interface SignedOut extends Pick<Came, 'card' | 'number'> {
  readonly attendanceIds?: readonly string[] | undefined;
}

/** Signs out whoever of a household is there, or these people, and computes their hours. Refuses with attendance.not_found. */
export async function signOut(at: At, id: string, { attendanceIds, ...came }: SignedOut) {
  const { tx, village, actor } = at;
  await tx.lockBook(village.id);
  const workday = await findWorkday(tx, { villageId: village.id, today: at.today }, id);
  if (workday.row.state !== 'announced') throw new Refusal('workday.state');
  const household = attendanceIds === undefined ? await whoCame(tx, village.id, came) : undefined;
  const isMeant = (row: AttendanceRow) =>
    household?.id === row.householdId || attendanceIds?.includes(row.id);
  const out = (await attendancesOf(tx, workday.row)).filter((row) => isThere(row) && isMeant(row));
  if (out.length === 0 || (attendanceIds && out.length !== new Set(attendanceIds).size))
    throw new Refusal('attendance.not_found');
  const changes = out.map((was) => ({
    was,
    is: { outAtMs: at.nowMs, minutes: minutesOf(at, workday, was), hoursBy: actor.id },
  }));
  await writeRows(
    tx,
    changes.map(({ was, is }) => changed('attendances', was, is)),
  );
  for (const { was, is } of changes) {
    const { outAtMs, minutes, hoursBy } = was;
    at.act({
      ...{ act: 'workdays.signed_out', on: `attendance:${was.id}`, was: { outAtMs, minutes, hoursBy } },
      is,
    });
  }
  return { items: await shown(at, changes) };
}

function isThere({ inAtMs, outAtMs, minutes, isLeftOut }: AttendanceRow): boolean {
  return inAtMs !== null && outAtMs === null && minutes === null && !isLeftOut;
}

/** Somebody who is signed out after the day was there until the end. */
function minutesOf(
  { today, nowMs, village }: At,
  { row, step }: KnownWorkday,
  { inAtMs }: AttendanceRow,
): number {
  const { timeZone } = village.settings;
  const span = spanOf(row);
  const left = today > row.day ? span.until : minuteOfDay(nowMs, timeZone);
  return countedMinutes(span, { came: minuteOfDay(inAtMs ?? nowMs, timeZone), left }, step);
}

async function shown(
  { tx, village }: At,
  changes: readonly { readonly was: AttendanceRow; readonly is: { readonly minutes: number } }[],
) {
  const ids = changes.map(({ was }) => was.householdId);
  const names = await householdNames(tx, village.id, Array.from(new Set(ids)));
  return changes.map(({ was, is }) => {
    const { id = was.householdId, number = '', head = '' } = names.get(was.householdId) ?? {};
    return { household: { id, number, head }, attendanceIds: [was.id], minutes: is.minutes };
  });
}

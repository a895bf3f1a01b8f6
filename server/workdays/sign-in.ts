import type { AnyAct } from '../../shared/acts/act.ts';
import { writeRows } from '../../db/index.ts';
import type { WriteContext } from '../http/index.ts';
import { addedRows, newAttendances, type NewAttendance, refuseHours } from './add-attendance.ts';
import { refuseOutOfTime } from './sign-in-time.ts';
import { householdThing, toldOfAttendance } from './told-of.ts';
import { type Came, whoCame } from './who-came.ts';
import { type AttendanceRow, attendancesOf, findWorkday } from './workday-row.ts';

export type At = Pick<
  WriteContext,
  'tx' | 'village' | 'actor' | 'today' | 'nowMs' | 'newId' | 'act' | 'agreed'
>;

/** Signs somebody of a household in, now. */
export async function signIn(at: At, id: string, { member, ...came }: Came & { readonly member: string }) {
  const { tx, village, actor } = at;
  await tx.lockBook(village.id);
  const workday = await findWorkday(tx, { villageId: village.id, today: at.today }, id);
  refuseOutOfTime(workday.row, at);
  const { way, ...household } = await whoCame(tx, village.id, came);
  const fresh = { id: at.newId(), household, way, member, inAtMs: at.nowMs, inBy: actor.id };
  const rows = newAttendances(workday, await attendancesOf(tx, workday.row), [fresh]);
  await writeRows(tx, addedRows(rows));
  at.act(...rows.map((row) => signedIn(row, household.head)));
  return { household, attendanceIds: [fresh.id], minutes: null };
}

interface ListLine {
  readonly householdId: string;
  readonly member: string;
  readonly minutes: number | null;
}

/** Puts the people of a paper list on that of the event, with the hours that stand there; all or none. */
export async function enterList(at: At, id: string, lines: readonly ListLine[]) {
  const { tx, village, actor } = at;
  await tx.lockBook(village.id);
  const workday = await findWorkday(tx, { villageId: village.id, today: at.today }, id);
  refuseOutOfTime(workday.row, at);
  const fresh: NewAttendance[] = [];
  for (const { householdId, member, minutes } of lines) {
    refuseHours(workday, minutes);
    const household = await whoCame(tx, village.id, { householdId });
    const by = { inBy: actor.id, hoursBy: actor.id };
    fresh.push({ id: at.newId(), household, way: 'paper', member, minutes, ...by });
  }
  const rows = newAttendances(workday, await attendancesOf(tx, workday.row), fresh);
  await writeRows(tx, addedRows(rows));
  const heads = new Map(fresh.map(({ household }) => [household.id, household.head]));
  at.act(...rows.map((row) => signedIn(row, heads.get(row.householdId) ?? '')));
  return { ids: rows.map((row) => row.id) };
}

function signedIn(row: AttendanceRow, head: string): AnyAct {
  return {
    ...{ act: 'workdays.signed_in', on: `attendance:${row.id}`, is: toldOfAttendance(row) },
    things: [householdThing(row, head, { member: row.member })],
  };
}

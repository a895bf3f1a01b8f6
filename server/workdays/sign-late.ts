import { writeRows } from '../../db/index.ts';
import { addedRows, newAttendances, refuseHours } from './add-attendance.ts';
import type { At } from './sign-in.ts';
import { refuseInTime } from './sign-in-time.ts';
import { householdThing, toldOfAttendance } from './told-of.ts';
import { needTwo } from './two-people.ts';
import { type Came, whoCame } from './who-came.ts';
import { attendancesOf, findWorkday } from './workday-row.ts';

interface Late extends Came {
  readonly member: string;
  readonly minutes: number | null;
  readonly reason: string;
}

/**
 * Enters somebody after the day or after closing. One person enters, another agrees, and whoever entered has kept the list. Its
 * award is proposed when the event is closed, or closed again.
 */
export async function signLate(at: At, id: string, late: Late) {
  const { tx, village, actor, agreed } = at;
  const { member, minutes, reason: lateReason, ...came } = late;
  await tx.lockBook(village.id);
  const workday = await findWorkday(tx, { villageId: village.id, today: at.today }, id);
  refuseInTime(workday.row, at);
  refuseHours(workday, minutes);
  const { way: _, ...household } = await whoCame(tx, village.id, came);
  const inBy = agreed?.by.proposedBy ?? actor.id;
  const by = { inBy, hoursBy: inBy, agreedBy: agreed?.by.decidedBy ?? null };
  const fresh = {
    id: at.newId(),
    household,
    way: 'late',
    member,
    minutes,
    isLate: true,
    lateReason,
  } as const;
  const there = await attendancesOf(tx, workday.row);
  const rows = newAttendances(workday, there, [{ ...fresh, ...by }]);
  const { title: event, day } = workday.row;
  needTwo(at, { on: `household:${household.id}`, is: { event, day, member, minutes, lateReason } });
  await writeRows(tx, addedRows(rows));
  for (const row of rows)
    at.act({
      ...{ act: 'workdays.signed_in_late', on: `attendance:${row.id}`, is: toldOfAttendance(row) },
      things: [householdThing(row, household.head, { member, lateReason })],
    });
  return { id: fresh.id };
}

import { and, desc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { OWN_ATTENDANCES_MOST } from '../../shared/workdays/own-contract.ts';
import { upcomingWorkdays } from './upcoming.ts';

/** Whether a household has something to see: an event that is announced to everybody, or one that it came to. */
export async function hasWorkdays(
  reader: Reader,
  { villageId, householdId, today }: Record<'villageId' | 'householdId' | 'today', string>,
): Promise<boolean> {
  if ((await upcomingWorkdays(reader, villageId, today)).length > 0) return true;
  const { attendances } = reader.t;
  const own = await reader.db
    .select({ id: attendances.id })
    .from(attendances)
    .where(and(eq(attendances.villageId, villageId), eq(attendances.householdId, householdId)))
    .limit(1);
  return own.length > 0;
}

/** The latest attendances of a household, newest first. */
export async function ownAttendances(reader: Reader, villageId: string, householdId: string) {
  const { attendances, workdays } = reader.t;
  const rows = await reader.db
    .select({ row: attendances, title: workdays.title, day: workdays.day })
    .from(attendances)
    .innerJoin(
      workdays,
      and(eq(workdays.villageId, attendances.villageId), eq(workdays.id, attendances.workdayId)),
    )
    .where(and(eq(attendances.villageId, villageId), eq(attendances.householdId, householdId)))
    .orderBy(desc(attendances.id))
    .limit(OWN_ATTENDANCES_MOST);
  return rows.map(({ row, title, day }) => {
    const { id, member, minutes, isLate, isLeftOut, leftOutReason, hoursReason } = row;
    const reason = isLeftOut ? leftOutReason : hoursReason;
    return { id, title, day, member, minutes, isLate, isLeftOut, reason };
  });
}

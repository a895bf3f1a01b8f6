import { and, asc, eq } from 'drizzle-orm';
import { hoursOf } from '../../shared/workdays/hours.ts';
import {
  ATTENDANCE_PART,
  ATTENDANCE_TITLES,
  WAY_WORDS,
  YES,
} from '../../shared/workdays/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';

/** Every event that somebody of the household came to. */
export async function attendanceFile({
  reader,
  villageId,
  householdId,
  moment,
}: FileSubject): Promise<readonly FilePart[]> {
  const { attendances, workdays } = reader.t;
  const rows = await reader.db
    .select({ row: attendances, title: workdays.title, day: workdays.day })
    .from(attendances)
    .innerJoin(
      workdays,
      and(eq(workdays.villageId, attendances.villageId), eq(workdays.id, attendances.workdayId)),
    )
    .where(and(eq(attendances.villageId, villageId), eq(attendances.householdId, householdId)))
    .orderBy(asc(attendances.id));
  const yes = (is: boolean) => (is ? YES : null);
  const told = rows.map(({ row, title, day }) =>
    titled(ATTENDANCE_TITLES, {
      ...{ title, day, member: row.member, way: WAY_WORDS[row.way] },
      ...{ signedIn: moment(row.inAtMs), signedOut: moment(row.outAtMs) },
      hours: row.minutes === null ? null : hoursOf(row.minutes),
      ...{ late: yes(row.isLate), lateReason: row.lateReason, hoursReason: row.hoursReason },
      ...{ leftOut: yes(row.isLeftOut), leftOutReason: row.leftOutReason },
    }),
  );
  return [[ATTENDANCE_PART, told]];
}

import type { AttendanceRow, WorkdayRow } from './workday-row.ts';

/** The part of an event that the book of acts tells of when it is announced. */
export function toldOfWorkday(row: WorkdayRow) {
  const { title, day, fromClock, untilClock, place, ruleId, most, announcedBy, announcedAtMs, state } = row;
  return { title, day, fromClock, untilClock, place, ruleId, most, announcedBy, announcedAtMs, state };
}

/** The part of an attendance that the act of signing in tells of. */
export function toldOfAttendance(row: AttendanceRow) {
  const { workdayId: workday, way, inAtMs, outAtMs, minutes, isLate, inBy, hoursBy, agreedBy } = row;
  return { workday, way, inAtMs, outAtMs, minutes, isLate, inBy, hoursBy, agreedBy };
}

/** The household of an attendance, with what is told of it there and erased with it. */
export function householdThing<Is extends object>(
  { householdId }: Pick<AttendanceRow, 'householdId'>,
  name: string,
  is: Is,
) {
  return { thing: `household:${householdId}` as const, name, is };
}

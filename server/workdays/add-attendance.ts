import { added, type WrittenRow } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { countsTogether, wordsAskedBy } from '../../shared/rules/caps.ts';
import { mostMinutes } from '../../shared/workdays/hours.ts';
import { ATTENDANCES_MOST } from '../../shared/workdays/states.ts';
import { type AttendanceRow, type KnownWorkday, spanOf } from './workday-row.ts';
import type { FoundHousehold } from './who-came.ts';

/** Somebody who is put on the list of an event. */
export interface NewAttendance
  extends
    Pick<AttendanceRow, 'id' | 'member' | 'inBy' | 'way'>,
    Partial<Pick<AttendanceRow, 'inAtMs' | 'minutes' | 'isLate' | 'lateReason' | 'hoursBy' | 'agreedBy'>> {
  readonly household: Omit<FoundHousehold, 'way'>;
}

/**
 * The rows of people who are put on the list of an event. One person of a household counts, and further ones whose member was
 * typed. Refuses with workday.twice, workday.full, workday.member_missing.
 */
export function newAttendances(
  { row: event, rule }: KnownWorkday,
  there: readonly AttendanceRow[],
  fresh: readonly NewAttendance[],
): AttendanceRow[] {
  const asksMember = wordsAskedBy(rule.caps).includes('member');
  const rows: AttendanceRow[] = [];
  for (const { household, ...own } of fresh) {
    const { id: householdId, number, head } = household;
    const row = { ...NOTHING_YET, villageId: event.villageId, workdayId: event.id, householdId, ...own };
    if (asksMember && row.member === '') throw new Refusal('workday.member_missing');
    if ([...there, ...rows].some((one) => isSamePerson(one, row)))
      throw new Refusal('workday.twice', { number, head, member: row.member });
    rows.push(row);
  }
  const came = [...there, ...rows].filter(({ isLeftOut }) => !isLeftOut).length;
  if (event.most !== null && came > event.most) throw new Refusal('workday.full', { most: event.most });
  if (there.length + rows.length > ATTENDANCES_MOST)
    throw new Refusal('workday.full', { most: ATTENDANCES_MOST });
  return rows;
}

export function addedRows(rows: readonly AttendanceRow[]): WrittenRow[] {
  return rows.map((row) => added('attendances', row));
}

const NOTHING_YET = {
  ...{ inAtMs: null, outAtMs: null, minutes: null, hoursReason: '', isLate: false, lateReason: '' },
  ...{ isLeftOut: false, leftOutReason: '', hoursBy: null, agreedBy: null, batchId: null },
} as const;

/** Somebody without a member is whoever of the household is there already. */
function isSamePerson(one: AttendanceRow, fresh: AttendanceRow): boolean {
  if (one.householdId !== fresh.householdId) return false;
  const member = (row: AttendanceRow) => ({ member: row.member, event: null });
  return fresh.member === '' || countsTogether('member', member(one), member(fresh));
}

/** Refuses typed hours that are no step, longer than the event, or missing where each hour counts. */
export function refuseHours({ row, step, worth }: KnownWorkday, minutes: number | null): void {
  const most = mostMinutes(spanOf(row), step);
  const isMissing = worth === 'hour' && (minutes ?? 0) === 0;
  if (isMissing || (minutes ?? 0) > most || (minutes ?? 0) % step !== 0)
    throw new Refusal('workday.hours', { step, most });
}

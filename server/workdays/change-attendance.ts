import { changed, type Tx, writeRows } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNames } from '../households/index.ts';
import type { At } from './sign-in.ts';
import { householdThing } from './told-of.ts';
import { needTwo } from './two-people.ts';
import { type AttendanceRow, attendancesOf, findWorkday, type KnownWorkday } from './workday-row.ts';

interface Found {
  readonly workday: KnownWorkday;
  readonly was: AttendanceRow;
  readonly head: string;
}

/** Finds somebody on the list whose award is not proposed yet. */
async function findOpen({ tx, village, today }: At, id: string, attendanceId: string): Promise<Found> {
  await tx.lockBook(village.id);
  const workday = await findWorkday(tx, { villageId: village.id, today }, id);
  if (workday.row.state === 'cancelled') throw new Refusal('workday.state');
  const was = (await attendancesOf(tx, workday.row)).find((row) => row.id === attendanceId);
  if (!was) throw new Refusal('attendance.not_found');
  if (was.batchId !== null) throw new Refusal('workday.proposed');
  return { workday, was, head: await headOf(tx, was) };
}

async function headOf(tx: Tx, { villageId, householdId }: AttendanceRow): Promise<string> {
  return (await householdNames(tx, villageId, [householdId])).get(householdId)?.head ?? '';
}

interface Hours {
  readonly attendanceId: string;
  readonly minutes: number;
  readonly reason: string;
}

/** Lowers somebody’s hours with a reason. Raising them, or typing them where nobody signed out, takes two people. */
export async function setHours(at: At, id: string, { attendanceId, minutes, reason }: Hours) {
  const { agreed, actor } = at;
  const { workday, was, head } = await findOpen(at, id, attendanceId);
  if (minutes === was.minutes) return { id: was.id };
  if (minutes % workday.step !== 0) throw new Refusal('workday.hours', { step: workday.step });
  const isRaised = was.minutes === null || minutes > was.minutes;
  if (isRaised) {
    const { title: event, day } = workday.row;
    const told = { event, day, member: was.member };
    needTwo(at, {
      on: `household:${was.householdId}`,
      was: { minutes: was.minutes },
      is: { ...told, minutes, hoursReason: reason },
    });
  }
  const is = {
    ...{ minutes, hoursReason: reason },
    hoursBy: isRaised ? (agreed?.by.proposedBy ?? actor.id) : actor.id,
    ...(isRaised && agreed ? { agreedBy: agreed.by.decidedBy } : {}),
  };
  await writeRows(at.tx, [changed('attendances', was, is)]);
  const { hoursReason, ...rest } = is;
  const { minutes: minutesWere, hoursBy, agreedBy } = was;
  at.act({
    ...{ act: 'workdays.hours_set', on: `attendance:${was.id}` },
    was: { minutes: minutesWere, hoursBy, agreedBy },
    is: { agreedBy, ...rest },
    things: [householdThing(was, head, { hoursReason })],
  });
  return { id: was.id };
}

interface LeftOut {
  readonly attendanceId: string;
  readonly isLeftOut: boolean;
  readonly reason: string;
}

/** Leaves somebody out of the awards, or puts them back, with the reason. */
export async function leaveOut(at: At, id: string, { attendanceId, isLeftOut, reason }: LeftOut) {
  const { workday, was, head } = await findOpen(at, id, attendanceId);
  if (was.isLeftOut === isLeftOut) return { id: was.id };
  if (!isLeftOut) await refuseFull(at.tx, workday);
  const is = { isLeftOut, leftOutReason: reason };
  await writeRows(at.tx, [changed('attendances', was, is)]);
  at.act({
    ...{ act: 'workdays.left_out', on: `attendance:${was.id}` },
    ...{ was: { isLeftOut: was.isLeftOut }, is: { isLeftOut } },
    things: [householdThing(was, head, { leftOutReason: reason })],
  });
  return { id: was.id };
}

async function refuseFull(tx: Tx, { row }: KnownWorkday): Promise<void> {
  const came = (await attendancesOf(tx, row)).filter(({ isLeftOut }) => !isLeftOut).length;
  if (row.most !== null && came >= row.most) throw new Refusal('workday.full', { most: row.most });
}

import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { GuardedAt } from '../at.ts';
import { needSecond } from '../need-second.ts';
import { devicesById } from './devices.ts';
import type { StoredRow } from './outbox-rows.ts';
import { hasHappened } from './row-call.ts';
import { shiftOf } from './shift-of-rows.ts';

export interface Settling extends GuardedAt {
  readonly tx: Tx;
  readonly villageId: string;
  /** The person who settles, with the own household and declared relatives'. */
  readonly staff: { readonly id: string; readonly householdIds: readonly string[] };
  readonly nowMs: number;
}

/**
 * Notes that two people looked at a late row with its slip. The points have moved already, or never will by this row. Refuses
 * with outbox.not_found, outbox.settled, proposal.own_household, change.needs_second.
 */
export async function settleRow(
  at: Settling,
  { id, remark }: { readonly id: string; readonly remark: string },
): Promise<AnyAct> {
  const { tx, villageId } = at;
  const { outboxRows: rows } = tx.t;
  const own = and(eq(rows.villageId, villageId), eq(rows.id, id));
  const [found] = await tx.db.select().from(rows).where(own);
  const isLate =
    found && (found.answer === 'late' || found.answer === 'waiting' || hasHappened(found.doneHow));
  if (!isLate) throw new Refusal('outbox.not_found', { id });
  if (found.settledAtMs !== null) throw new Refusal('outbox.settled', { id });
  refuseOwn(at, [found]);
  const { householdId, deviceId, number, entryNumber, amount, marks, code } = found;
  const device = (await devicesById(tx, villageId, [deviceId])).get(deviceId);
  const on =
    householdId === null
      ? (`kiosk:${device?.kioskId ?? ''}` as const)
      : (`household:${householdId}` as const);
  const is = {
    ...{ row: `${deviceId.slice(0, 6)} ${String(number)}`, rowId: id, remark },
    ...(entryNumber === null ? {} : { entry: entryNumber }),
    ...(amount === null ? {} : { points: amount }),
    marks: code === null ? marks : [...marks, code],
  };
  needSecond(at, { on, is });
  await settle(at, [id], remark);
  return { act: 'outbox.settled', on, is };
}

/**
 * Notes that two people looked at rows of a shift with their slips. Only its device says that they happened, and nothing else
 * stands against them. Refuses with outbox.not_found, outbox.settle_moved, proposal.own_household, change.needs_second.
 */
export async function settleShift(
  at: Settling,
  { shiftId, rowIds }: { readonly shiftId: string; readonly rowIds: readonly string[] },
): Promise<AnyAct> {
  const { tx, villageId } = at;
  const ids = Array.from(new Set(rowIds)).sort();
  const { outboxRows: rows } = tx.t;
  const found = await tx.db
    .select()
    .from(rows)
    .where(and(eq(rows.villageId, villageId), inArray(rows.id, ids)));
  const [first] = found;
  const isThere = found.length === ids.length && found.every((row) => row.shiftId === shiftId);
  if (!first || !isThere) throw new Refusal('outbox.not_found', { id: shiftId });
  const isOpen = found.every((row) => row.isSelfTold && row.isMarked && row.settledAtMs === null);
  if (!isOpen) throw new Refusal('outbox.settle_moved');
  refuseOwn(at, found);
  const device = (await devicesById(tx, villageId, [first.deviceId])).get(first.deviceId);
  const on = `kiosk:${device?.kioskId ?? ''}` as const;
  const shift = await shiftOf(tx, villageId, shiftId);
  const points = found.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const is = {
    ...(shift === undefined ? {} : { volunteer: shift.volunteerId, begun: shift.startedAtMs }),
    ...{ rows: ids.length, points, shift: shiftId, rowIds: ids },
  };
  needSecond(at, { on, is });
  await settle(at, ids, '');
  return { act: 'outbox.shift_settled', on, is };
}

/** Nobody looks at what was handed out to the own household, or to a relative's. */
function refuseOwn({ staff }: Settling, rows: readonly StoredRow[]): void {
  const isOwn = rows.some(
    ({ householdId }) => householdId !== null && staff.householdIds.includes(householdId),
  );
  if (isOwn) throw new Refusal('proposal.own_household');
}

async function settle({ tx, villageId, staff, nowMs }: Settling, ids: readonly string[], remark: string) {
  const { outboxRows: rows } = tx.t;
  await tx.db
    .update(rows)
    .set({ settledAtMs: nowMs, settledBy: staff.id, remark })
    .where(and(eq(rows.villageId, villageId), inArray(rows.id, [...ids])))
    .returning({ id: rows.id });
}

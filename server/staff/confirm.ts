import { and, eq, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Actor } from '../http/index.ts';
import { findStaff, listStaff, type StaffRow } from './staff.ts';

/** A supervisor confirms only where no decider is left, and after so many days. */
export const SUPERVISOR_WAITS_DAYS = 3;

/**
 * Confirms a person of the staff, who decides from now on. The one who confirms is a confirmed decider, neither that person nor
 * the one who changed it. If none is left, a supervisor does it together with the administrator who made the change, after
 * some days. Refuses with staff.nothing_to_confirm, staff.confirm_own, auth.forbidden, staff.confirm_early.
 */
export async function confirmStaff(
  tx: Tx,
  villageId: string,
  id: string,
  { actor, nowMs }: { readonly actor: Actor; readonly nowMs: number },
): Promise<StaffRow> {
  const person = await findStaff(tx, villageId, id);
  if (person.confirmedAtMs !== null || person.disabledAtMs !== null)
    throw new Refusal('staff.nothing_to_confirm');
  const by = await findStaff(tx, villageId, actor.id);
  if (by.id === person.id || by.id === person.unconfirmedBy) throw new Refusal('staff.confirm_own');
  const everybody = await listStaff(tx, villageId);
  const deciders = decidersFor(person, everybody);
  if (!deciders.some((one) => one.id === by.id)) {
    if (deciders.length > 0 || !isSupervisor(by, everybody)) throw new Refusal('auth.forbidden');
    const days = Math.ceil(
      ((person.unconfirmedSinceMs ?? 0) + SUPERVISOR_WAITS_DAYS * DAY_MS - nowMs) / DAY_MS,
    );
    if (days > 0) throw new Refusal('staff.confirm_early', { days });
  }
  const { staff } = tx.t;
  const [row] = await tx.db
    .update(staff)
    .set({ confirmedAtMs: nowMs, unconfirmedBy: null, unconfirmedSinceMs: null })
    .where(and(eq(staff.villageId, villageId), eq(staff.id, id)))
    .returning();
  if (!row) throw new Refusal('staff.not_found');
  return row;
}

/** One whom nobody has confirmed is heard only where there is no confirmed one: an administrator could have made the account. */
function isSupervisor(by: StaffRow, everybody: readonly StaffRow[]): boolean {
  const isConfirmed = ({ roles, confirmedAtMs, disabledAtMs }: StaffRow) =>
    roles.includes('supervisor') && confirmedAtMs !== null && disabledAtMs === null;
  return by.roles.includes('supervisor') && (by.confirmedAtMs !== null || !everybody.some(isConfirmed));
}

/** Counts the people of the staff who wait to be confirmed. */
export async function countUnconfirmed(reader: Reader, villageId: string): Promise<number> {
  const staff = await listStaff(reader, villageId);
  return staff.filter(({ confirmedAtMs, disabledAtMs }) => confirmedAtMs === null && disabledAtMs === null)
    .length;
}

/** Confirms everybody at once, as they were from the beginning: when a second person opens the books. */
export async function confirmAllStaff(tx: Tx, villageId: string): Promise<void> {
  const { staff } = tx.t;
  await tx.db
    .update(staff)
    .set({ confirmedAtMs: sql`${staff.createdAtMs}`, unconfirmedBy: null, unconfirmedSinceMs: null })
    .where(eq(staff.villageId, villageId))
    .returning({ id: staff.id });
}

/** Finds those whom no decider can confirm, so that a supervisor and an administrator do it together. */
export function leftToSupervisor(staff: readonly StaffRow[]): StaffRow[] {
  return staff.filter(
    (one) => one.confirmedAtMs === null && one.disabledAtMs === null && decidersFor(one, staff).length === 0,
  );
}

/** The deciders who may confirm somebody: all but the one who made or changed them. */
function decidersFor({ unconfirmedBy }: StaffRow, staff: readonly StaffRow[]): StaffRow[] {
  return staff.filter((one) => isDecider(one) && one.id !== unconfirmedBy);
}

function isDecider({ confirmedAtMs, disabledAtMs, roles }: StaffRow): boolean {
  return (
    confirmedAtMs !== null && disabledAtMs === null && roles.includes('approver') && !roles.includes('admin')
  );
}

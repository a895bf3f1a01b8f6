import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/** Erases who of the household came, and every reason. That somebody came, and how long, stays. */
export async function eraseAttendances(tx: Tx, { villageId, id }: ErasedHousehold): Promise<void> {
  const { attendances } = tx.t;
  await tx.db
    .update(attendances)
    .set({ member: '', hoursReason: '', lateReason: '', leftOutReason: '' })
    .where(and(eq(attendances.villageId, villageId), eq(attendances.householdId, id)))
    .returning({ id: attendances.id });
}

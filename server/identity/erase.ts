import { and, eq, like } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { listStaff } from './staff.ts';

/** Erases a household's log-ins and wrong tries, and that anybody was declared its kin. */
export async function eraseHouseholdLogIns(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const { sessions, authFailures, staff } = tx.t;
  await tx.db
    .delete(sessions)
    .where(
      and(
        eq(sessions.villageId, villageId),
        eq(sessions.subjectKind, 'household'),
        eq(sessions.subjectId, householdId),
      ),
    )
    .returning({ id: sessions.id });
  await tx.db
    .delete(authFailures)
    .where(
      and(eq(authFailures.villageId, villageId), like(authFailures.subject, `household:${householdId}:%`)),
    )
    .returning({ subject: authFailures.subject });
  for (const { id, householdIds } of await listStaff(tx, villageId)) {
    if (!householdIds.includes(householdId)) continue;
    await tx.db
      .update(staff)
      .set({ householdIds: householdIds.filter((one) => one !== householdId) })
      .where(and(eq(staff.villageId, villageId), eq(staff.id, id)))
      .returning({ id: staff.id });
  }
}

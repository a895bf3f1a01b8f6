import { and, eq, like } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';

/** Erases a household's log-ins and wrong tries. */
export async function eraseHouseholdLogIns(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const { sessions, authFailures } = tx.t;
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
}

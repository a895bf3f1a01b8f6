import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { chunked, type Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/** Erases the words of a household's reminders, and of those that name it. Numbers and days stay. */
export async function eraseReminders(tx: Tx, { villageId, id, texts }: ErasedHousehold): Promise<void> {
  const { reminders } = tx.t;
  const named: SQL[] = texts.map(
    (one) => sql`${reminders.words} like ${`%${one.replace(/[%_!]/g, '!$&')}%`} escape '!'`,
  );
  const found = await tx.db
    .select({ id: reminders.id })
    .from(reminders)
    .where(and(eq(reminders.villageId, villageId), or(eq(reminders.householdId, id), ...named)));
  for (const some of chunked(found.map((one) => one.id)))
    await tx.db
      .update(reminders)
      .set({ words: '', salt: null })
      .where(and(eq(reminders.villageId, villageId), inArray(reminders.id, some)))
      .returning({ id: reminders.id });
}

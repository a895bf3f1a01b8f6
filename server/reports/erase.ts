import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { chunked, type Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/**
 * Erases the words of reports that a household made, that are about it, or that name it. Numbers, days and states stay, and
 * one that waits is dealt with all the same.
 */
export async function eraseReports(tx: Tx, { villageId, id, texts }: ErasedHousehold): Promise<void> {
  const { reports } = tx.t;
  const named = (column: SQL) =>
    texts.map((one) => sql`${column} like ${`%${one.replace(/[%_!]/g, '!$&')}%`} escape '!'`);
  const found = await tx.db
    .select({ id: reports.id })
    .from(reports)
    .where(
      and(
        eq(reports.villageId, villageId),
        or(
          ...[eq(reports.reporterId, id), eq(reports.householdId, id)],
          ...[...named(sql`${reports.words}`), ...named(sql`${reports.reason}`)],
        ),
      ),
    );
  for (const some of chunked(found.map((one) => one.id)))
    await tx.db
      .update(reports)
      .set({ words: '', reason: '', salt: null, stepSalt: null })
      .where(and(eq(reports.villageId, villageId), inArray(reports.id, some)))
      .returning({ id: reports.id });
}

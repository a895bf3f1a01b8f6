import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';

/** Deletes uploads that nobody confirmed: they hold names and phone numbers. */
export async function dropUnconfirmed(tx: Tx, beforeMs: number): Promise<void> {
  const { imports } = tx.t;
  await tx.db
    .delete(imports)
    .where(and(eq(imports.state, 'read'), lt(imports.createdAtMs, beforeMs)))
    .returning({ id: imports.id });
}

/** Deletes unconfirmed uploads that hold one of these texts, whatever their age. */
export async function dropUnconfirmedWith(
  tx: Tx,
  villageId: string,
  texts: readonly string[],
): Promise<void> {
  const { imports } = tx.t;
  const reading = sql`cast(${imports.reading} as text)`;
  const has = texts.map((text) => sql`${reading} like ${`%${text.replace(/[%_!]/g, '!$&')}%`} escape '!'`);
  await tx.db
    .delete(imports)
    .where(and(eq(imports.villageId, villageId), eq(imports.state, 'read'), or(...has)))
    .returning({ id: imports.id });
}

import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';

/** Uploads nobody confirmed are names and phone numbers lying about: they go. */
export async function dropUnconfirmed(tx: Tx, beforeMs: number): Promise<void> {
  const { imports } = tx.t;
  await tx.db
    .delete(imports)
    .where(and(eq(imports.state, 'read'), lt(imports.createdAtMs, beforeMs)))
    .returning({ id: imports.id });
}

/** Of those, at once, what has one of these texts in it. */
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

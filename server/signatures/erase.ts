import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/** Erases remarks that name the household. The signatures stand. */
export async function eraseRemarks(tx: Tx, { villageId, texts }: ErasedHousehold): Promise<void> {
  if (texts.length === 0) return;
  const { signatures } = tx.t;
  const names = texts.map(
    (one) => sql`${signatures.remark} like ${`%${one.replace(/[%_!]/g, '!$&')}%`} escape '!'`,
  );
  await tx.db
    .update(signatures)
    .set({ remark: null, salt: null })
    .where(and(eq(signatures.villageId, villageId), or(...names)))
    .returning({ id: signatures.id });
}

import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/** Erases what changes say of a household: its own, and papers that name it. That they were decided, and by whom, stays. */
export async function eraseChanges(tx: Tx, { villageId, id, texts }: ErasedHousehold): Promise<void> {
  const { changes } = tx.t;
  const told = sql`cast(${changes.told} as text)`;
  const names = [id, ...texts].map((text) => sql`${told} like ${likeWithin(text)} escape '!'`);
  await tx.db
    .update(changes)
    .set({ input: null, told: null, salt: null, reason: '', note: null })
    .where(
      and(
        eq(changes.villageId, villageId),
        or(eq(changes.householdId, id), and(eq(changes.operation, 'imports.commit'), or(...names))),
      ),
    )
    .returning({ id: changes.id });
}

function likeWithin(text: string): string {
  return `%${text.replace(/[%_!]/g, '!$&')}%`;
}

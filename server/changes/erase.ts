import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/** These belong to no household and may name one: a paper, words in a public text that are taken for a name. */
const NAMING = ['imports.commit', 'texts.clear'] as const;

/** Erases what changes say of a household: its own, and papers and texts that name it. That they were decided, and by whom, stays. */
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
        or(eq(changes.householdId, id), and(inArray(changes.operation, NAMING), or(...names))),
      ),
    )
    .returning({ id: changes.id });
}

function likeWithin(text: string): string {
  return `%${text.replace(/[%_!]/g, '!$&')}%`;
}

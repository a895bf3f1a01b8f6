import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { chunked, type Tx } from '../../db/index.ts';
import type { ErasedHousehold } from '../define-module.ts';

/**
 * Erases the words of objections that a household made, that are about its deeds, or that name it. Numbers, days and outcomes
 * stay, and an open one is answered all the same.
 */
export async function eraseObjections(tx: Tx, { villageId, id, texts }: ErasedHousehold): Promise<void> {
  const { objections, objectionEvents, proposals } = tx.t;
  const named = (column: SQL) =>
    texts.map((one) => sql`${column} like ${`%${one.replace(/[%_!]/g, '!$&')}%`} escape '!'`);
  const reasons = named(sql`${objectionEvents.reason}`);
  const namedIn =
    reasons.length === 0
      ? []
      : await tx.db
          .selectDistinct({ id: objectionEvents.objectionId })
          .from(objectionEvents)
          .where(and(eq(objectionEvents.villageId, villageId), or(...reasons)));
  const ofDeeds = await tx.db
    .select({ id: objections.id })
    .from(objections)
    .innerJoin(
      proposals,
      and(eq(proposals.villageId, objections.villageId), eq(proposals.id, objections.proposalId)),
    )
    .where(and(eq(objections.villageId, villageId), eq(proposals.householdId, id)));
  const own = await tx.db
    .select({ id: objections.id })
    .from(objections)
    .where(
      and(
        eq(objections.villageId, villageId),
        or(
          eq(objections.householdId, id),
          ...named(sql`${objections.words}`),
          ...named(sql`${objections.name}`),
        ),
      ),
    );
  const ids = [...new Set([...own, ...ofDeeds, ...namedIn].map((one) => one.id))];
  for (const some of chunked(ids)) {
    await tx.db
      .update(objections)
      .set({ name: '', words: '', salt: null })
      .where(and(eq(objections.villageId, villageId), inArray(objections.id, some)))
      .returning({ id: objections.id });
    await tx.db
      .update(objectionEvents)
      .set({ reason: '', salt: null })
      .where(and(eq(objectionEvents.villageId, villageId), inArray(objectionEvents.objectionId, some)))
      .returning({ id: objectionEvents.objectionId });
  }
}

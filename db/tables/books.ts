import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { BadRow } from '../../shared/ledger/verification.ts';

/** Verifications done. Written by server/books. */
export function booksTables(k: Kit) {
  const verifications = k.table(
    'verifications',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      startedAtMs: k.int().plain().notNull(),
      finishedAtMs: k.int().plain().notNull(),
      ok: k.bool().plain().notNull(),
      entries: k.int().plain().notNull(),
      postings: k.int().plain().notNull(),
      headNumber: k.int().plain().notNull(),
      headHash: k.text().plain().notNull(),
      bad: k.json<BadRow>().plain(),
      /** The latest of its village, by the order in which they were kept: clocks may go back. */
      isLatest: k.bool().plain().notNull().default(false),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('verifications_by_time').on(t.villageId, t.finishedAtMs),
      k
        .uniqueIndex('verifications_latest')
        .on(t.villageId)
        .where(sql`${t.isLatest}`),
      // This index finds the worst of all villages' latest: one that found something, then the oldest.
      k
        .index('verifications_worst')
        .on(t.ok, t.finishedAtMs)
        .where(sql`${t.isLatest}`),
    ],
  );

  return { verifications };
}

import { and, desc, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { ACT_FACT } from './book-acts.ts';

const RESTORED = 'backups.restored';

/** Reads when the book was last restored from a backup, as its acts tell; null if it never was. */
export async function lastRestoreMs(reader: Reader, villageId: string): Promise<number | null> {
  const { journal, journalFacts } = reader.t;
  const [act] = await reader.db
    .select({ bookedAtMs: journal.bookedAtMs })
    .from(journal)
    .innerJoin(
      journalFacts,
      and(
        eq(journalFacts.villageId, journal.villageId),
        eq(journalFacts.number, journal.number),
        eq(journalFacts.name, ACT_FACT),
        eq(journalFacts.value, RESTORED),
      ),
    )
    .where(
      and(
        eq(journal.villageId, villageId),
        // Written out, because a partial index is found by the words of its condition.
        sql`${journal.kind} = 'act'`,
        eq(journal.source, `village:${villageId}`),
      ),
    )
    .orderBy(desc(journal.number))
    .limit(1);
  return act?.bookedAtMs ?? null;
}

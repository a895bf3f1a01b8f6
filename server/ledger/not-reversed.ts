import { and, eq, notExists, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';

/**
 * Makes a condition on rows that carry the number of their entry: no entry reverses it. A row without an entry
 * fulfils it.
 */
export function notReversed(
  { db, t: { journal } }: { readonly db: Reader['db']; readonly t: Pick<Tables, 'journal'> },
  row: { readonly villageId: SQLWrapper; readonly journalNumber: SQLWrapper },
): SQL {
  return notExists(
    db
      .select({ number: journal.number })
      .from(journal)
      .where(and(eq(journal.villageId, row.villageId), eq(journal.reversesNumber, row.journalNumber))),
  );
}

/** The condition on the journal taken once more: it reverses the entry. */
export function isReversalOf(by: Tables['journal'], journal: Tables['journal']): SQL | undefined {
  return and(eq(by.villageId, journal.villageId), eq(by.reversesNumber, journal.number));
}

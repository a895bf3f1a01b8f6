import { aliasedTable, and, eq, min, notExists, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
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

/** Selects the first standing entry that gives back a part of this one; null: none does. */
export function givenBackBy(
  { db, t }: { readonly db: Reader['db']; readonly t: Pick<Tables, 'journal'> },
  journal: Tables['journal'],
): SQL<number | null> {
  const part = aliasedTable(t.journal, 'given_back');
  const first = db
    .select({ number: min(part.number) })
    .from(part)
    .where(
      and(
        eq(part.villageId, journal.villageId),
        eq(part.source, journal.source),
        // Written out, because a partial index is found by the words of its condition.
        sql`${part.kind} = 'return'`,
        sql`${journal.kind} <> 'return'`,
        notReversed({ db, t }, { villageId: part.villageId, journalNumber: part.number }),
      ),
    );
  return sql<number | null>`(${first})`.mapWith(nullableNumber);
}

function nullableNumber(value: unknown): number | null {
  return value === null ? null : Number(value);
}

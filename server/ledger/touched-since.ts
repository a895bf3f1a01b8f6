import { and, eq, gt, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

/** Everything that the entries after one of a book touched. */
export interface Touched {
  /** Accounts whose balance moved. */
  readonly accounts: readonly { readonly kind: string; readonly ownerId: string }[];
  /** The things that acts were done to, as kind:id. */
  readonly sources: readonly string[];
  /** The facts of acts, with their owners. An erased fact keeps both. */
  readonly facts: readonly { readonly name: string; readonly ownerId: string | null }[];
}

/** Reads what the entries after this one touched. It costs as much as there are such entries. */
export async function touchedSince(reader: Reader, villageId: string, after: number): Promise<Touched> {
  const values = { villageId, after };
  const accounts = await reader.prepared(
    'ledger.movedSince',
    ({ db, t: { postings, accounts: of } }) =>
      db
        .selectDistinct({ kind: of.kind, ownerId: of.ownerId })
        .from(postings)
        .innerJoin(of, and(eq(of.villageId, postings.villageId), eq(of.number, postings.accountNumber)))
        .where(
          and(
            eq(postings.villageId, sql.placeholder('villageId')),
            gt(postings.number, sql.placeholder('after')),
          ),
        ),
    values,
  );
  const facts = await reader.prepared(
    'ledger.actsSince',
    ({ db, t: { journal, journalFacts: of } }) =>
      db
        .select({ source: journal.source, name: of.name, ownerId: of.ownerId })
        .from(journal)
        .innerJoin(of, and(eq(of.villageId, journal.villageId), eq(of.number, journal.number)))
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            gt(journal.number, sql.placeholder('after')),
            // Written out, because a partial index is found by the words of its condition.
            sql`${journal.kind} = 'act'`,
          ),
        ),
    values,
  );
  const sources = new Set(facts.flatMap(({ source }) => source ?? []));
  return { accounts, sources: [...sources], facts };
}

/** Reads the hash of an entry; undefined where the book has none of this number. */
export async function hashOfEntry(
  reader: Reader,
  villageId: string,
  number: number,
): Promise<string | undefined> {
  const [found] = await reader.prepared(
    'ledger.hashOf',
    ({ db, t: { journal } }) =>
      db
        .select({ hash: journal.hash })
        .from(journal)
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            eq(journal.number, sql.placeholder('number')),
          ),
        ),
    { villageId, number },
  );
  return found?.hash;
}

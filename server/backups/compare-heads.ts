import { and, eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { readHead } from '../ledger/index.ts';
import type { BookHeader } from './format.ts';

/**
 * The first book that lacks the head it should hold; null when all have it. A book may have grown since: other
 * processes book too.
 */
export function firstWithoutHead(store: Store, books: readonly BookHeader[]): Promise<BookHeader | null> {
  return store.read(async (reader) => {
    for (const book of books) {
      const head = await readHead(reader, book.villageId);
      const hash = (head?.number ?? 0) > book.number ? await hashAt(reader, book) : head?.hash;
      if (hash !== book.hash) return book;
    }
    return null;
  });
}

/**
 * The hash at that number, read from the next entry's `previousHash`. Number 0 has one too, although it has no entry
 * of its own.
 */
async function hashAt(
  { db, t: { journal } }: Reader,
  { villageId, number }: BookHeader,
): Promise<string | undefined> {
  const [next] = await db
    .select({ hash: journal.previousHash })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, number + 1)));
  return next?.hash;
}

import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { reversalsOf } from './passbook.ts';

export interface KeyedEntry {
  readonly number: number;
  /** The entry that took this one back, if any. */
  readonly reversedBy: number | null;
  readonly lines: readonly { readonly accountId: string; readonly amount: number }[];
}

/** Reads the entries posted under these idempotency keys. Keys that nobody used are missing. */
export async function entriesByKey(
  reader: Reader,
  villageId: string,
  keys: readonly string[],
): Promise<Map<string, KeyedEntry>> {
  const { journal, postings } = reader.t;
  const found = new Map<
    string,
    { number: number; reversedBy: number | null; lines: { accountId: string; amount: number }[] }
  >();
  for (const some of chunked(keys)) {
    const rows = await reader.db
      .select({
        key: journal.idempotencyKey,
        number: journal.number,
        accountId: postings.accountId,
        amount: postings.amount,
      })
      .from(journal)
      .innerJoin(
        postings,
        and(eq(postings.villageId, journal.villageId), eq(postings.number, journal.number)),
      )
      .where(and(eq(journal.villageId, villageId), inArray(journal.idempotencyKey, some)))
      .orderBy(postings.number, postings.line);
    const reversals = await reversalsOf(
      reader,
      villageId,
      Array.from(new Set(rows.map((row) => row.number))),
    );
    for (const { key, number, accountId, amount } of rows) {
      const entry = found.get(key) ?? { number, reversedBy: reversals.get(number) ?? null, lines: [] };
      entry.lines.push({ accountId, amount });
      found.set(key, entry);
    }
  }
  return found;
}

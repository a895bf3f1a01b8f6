import { and, eq, gt, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { read } from '../commands/index.ts';

/** The items that were taken in since this day, along the journal's index of days and kinds. */
export async function deliveredSince(
  reader: Reader,
  villageId: string,
  from: string,
): Promise<ReadonlySet<string>> {
  const rows = await reader.prepared(
    'goods.deliveredSince',
    ({ db, t: { journal } }) =>
      db
        // Without `distinct`, for which SQLite would rather walk through all sources of the village.
        .select({ source: journal.source })
        .from(journal)
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            gte(journal.effectiveOn, sql.placeholder('from')),
            eq(journal.kind, 'stock_in'),
          ),
        ),
    { villageId, from },
  );
  // The source of a delivery is "bought:" or "donated:" and the item's id.
  return new Set(rows.flatMap(({ source }) => source?.slice(source.indexOf(':') + 1) ?? []));
}

/** Sums up the cost of the deliveries of an item on a day, in fen. */
export const costTakenIn = read<readonly [goodsId: string, day: string], number>()({
  name: 'goods.costTakenIn',
  over: { journal: 'stale', postings: 'stale', accounts: 'stale' },
  rows: ({ db, t: { journal, postings, accounts }, keys }) =>
    db
      .select({ at: keys.at, fen: sql<number>`sum(${postings.amount})`.mapWith(Number).as('fen') })
      .from(keys.table)
      .crossJoin(journal)
      .innerJoin(
        postings,
        and(
          eq(postings.villageId, journal.villageId),
          eq(postings.number, journal.number),
          gt(postings.amount, 0),
        ),
      )
      .innerJoin(
        accounts,
        and(
          eq(accounts.villageId, postings.villageId),
          eq(accounts.number, postings.accountNumber),
          eq(accounts.unit, 'CNY'),
        ),
      )
      .where(
        and(
          eq(journal.villageId, keys.villageId),
          eq(journal.effectiveOn, keys.part(1)),
          eq(journal.kind, 'stock_in'),
          sql`${journal.source} in ('bought:' || ${keys.part(0)}, 'donated:' || ${keys.part(0)})`,
        ),
      )
      .groupBy(sql`${keys.at}`),
  answer: ([found]) => found?.fen ?? 0,
});

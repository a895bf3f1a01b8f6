import { and, eq, gte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

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

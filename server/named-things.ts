import { and, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader, type Tables } from '../db/index.ts';
import type { ThingTable } from './rows-by-id.ts';

/** Returns the names of those of these ids that there are. */
export type NamesById = (
  reader: Reader,
  villageId: string,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

/** Reads the names of things of one table, each made of its row. */
export function namesOfRows<Name extends ThingTable>(
  table: Name,
  nameOf: (row: Tables[Name]['$inferSelect']) => string,
): NamesById {
  return async (reader: Reader, villageId, ids) => {
    const things = reader.t[table] as Tables['households'];
    const names = new Map<string, string>();
    for (const some of chunked(ids)) {
      const rows = await reader.db
        .select()
        .from(things)
        .where(and(eq(things.villageId, villageId), inArray(things.id, [...some])));
      for (const row of rows) names.set(row.id, nameOf(row));
    }
    return names;
  };
}

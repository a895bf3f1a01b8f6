import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import { OPEN_STATES } from '../../shared/proposals/states.ts';
import type { Actor } from '../http/index.ts';
import { isKin } from './may-decide.ts';
import { MARK_LETTERS, marksOf } from './seen-version.ts';

export type OpenRow = Tables['proposals']['$inferSelect'];

/** Reads the rows of these batches that can still move, in the order they were proposed. */
export async function openRowsOf(
  reader: Reader,
  villageId: string,
  batchIds: readonly string[],
): Promise<Map<string, OpenRow[]>> {
  const { proposals } = reader.t;
  const rows: OpenRow[] = [];
  for (const some of chunked(batchIds)) {
    const found = await reader.db
      .select()
      .from(proposals)
      .where(
        and(
          eq(proposals.villageId, villageId),
          inArray(proposals.batchId, some),
          inArray(proposals.state, OPEN_STATES),
        ),
      );
    rows.push(...found);
  }
  // The rows are sorted here: with an `order by` SQLite would walk through all proposals of the village.
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return Map.groupBy(rows, ({ batchId }) => batchId);
}

/** Reads the marks of these batches; see batchMark. `points` is what readPointsNow answers for their rows. */
export async function batchMarks(
  reader: Reader,
  villageId: string,
  actor: Pick<Actor, 'householdIds'>,
  batches: ReadonlyMap<string, readonly OpenRow[]>,
  points: ReadonlyMap<string, number>,
): Promise<Map<string, string>> {
  const rows = Array.from(batches.values()).flat();
  const marks = await marksOf(reader, villageId, rows, points);
  return new Map(Array.from(batches, ([batchId, own]) => [batchId, batchMark(actor, own, marks)]));
}

/**
 * Makes the mark of a batch. It changes if the mark or the state of any open row changes, or if another set of rows
 * touches the caller's family. A caller who sends the mark back therefore knows how many rows will be decided.
 */
export function batchMark(
  actor: Pick<Actor, 'householdIds'>,
  open: readonly OpenRow[],
  marks: ReadonlyMap<string, string>,
): string {
  const shown = open.map((row) => [row.id, row.state, marks.get(row.id), isKin(actor, row)]);
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, MARK_LETTERS);
}

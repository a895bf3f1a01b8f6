import { and, countDistinct, desc, eq, inArray, lt, min, ne, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { type ProposalState, STATE_FACTS } from '../../shared/proposals/states.ts';
import { idsFrom, madeAtMs } from '../http/index.ts';
import { unordered, type Viewer } from './list.ts';

export interface BatchesQuery {
  readonly state?: ProposalState | undefined;
  readonly mine?: boolean | undefined;
  readonly batchId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** The rows of a batch get their ids right after the batch does: within this time, however many they are. */
const IDS_WITHIN_MS = 60_000;
const ROWS_A_STEP = 2_000;

/** Reads the batches of the page, and one more if there is one. */
export async function headsOf(reader: Reader, { villageId, actor }: Viewer, query: BatchesQuery) {
  const { proposals } = reader.t;
  const { state, mine, before, limit } = query;
  const asked = and(
    eq(proposals.villageId, villageId),
    state === undefined ? undefined : eq(proposals.state, state),
    mine === true ? eq(proposals.proposedBy, actor.id) : undefined,
    mine === false ? ne(proposals.proposedBy, actor.id) : undefined,
  );
  // Nearly all rows are posted. Without a state, or in that one, the batches are read in their order until the page is
  // full. Other states and the rows of one person have an index that is ordered by the ids of rows.
  const isSparse = mine === true || (state !== undefined && !STATE_FACTS[state].isPosted);
  let batchId = unordered(proposals.batchId);
  let page: SQL | undefined;
  if (query.batchId !== undefined) page = eq(proposals.batchId, query.batchId);
  else if (isSparse) page = inArray(proposals.batchId, await newestBatches(reader, asked, before, limit + 1));
  else {
    batchId = sql<string>`${proposals.batchId}`;
    page = before === undefined ? undefined : lt(batchId, before);
  }
  return reader.db
    .select({
      batchId,
      households: countDistinct(proposals.householdId),
      // One person sends all rows of a batch at one moment.
      proposedBy: min(proposals.proposedBy),
      proposedAtMs: min(proposals.proposedAtMs).mapWith(Number),
    })
    .from(proposals)
    .where(and(asked, page))
    .groupBy(batchId)
    .orderBy(desc(batchId))
    .limit(limit + 1);
}

/** Finds the newest batches of these rows, step by step along the ids of the rows, until there are so many. */
async function newestBatches(
  reader: Reader,
  asked: SQL | undefined,
  before: string | undefined,
  wanted: number,
): Promise<string[]> {
  const { proposals } = reader.t;
  const found = new Set<string>();
  let until = before === undefined ? undefined : afterRowsOf(before);
  for (;;) {
    const rows = await reader.db
      .select({ id: proposals.id, batchId: proposals.batchId })
      .from(proposals)
      .where(
        and(
          asked,
          before === undefined ? undefined : lt(unordered(proposals.batchId), before),
          until === undefined ? undefined : lt(proposals.id, until),
        ),
      )
      .orderBy(desc(proposals.id))
      .limit(ROWS_A_STEP);
    for (const { batchId } of rows) found.add(batchId);
    const ids = Array.from(found).sort().reverse();
    const last = rows.length < ROWS_A_STEP ? undefined : rows.at(-1)?.id;
    if (last === undefined) return ids.slice(0, wanted);
    // No row comes before its batch: all rows of the batches after the last row have been read.
    const certain = ids.filter((id) => id > last);
    if (certain.length >= wanted) return certain.slice(0, wanted);
    until = last;
  }
}

/** Answers where the ids begin that no row of this batch, or of an earlier one, can have. */
function afterRowsOf(batchId: string): string {
  return idsFrom(madeAtMs(batchId) + IDS_WITHIN_MS);
}

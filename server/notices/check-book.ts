import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { chunked } from '../../db/index.ts';
import { badTold, type CheckAt, type StartCheck } from '../acts/index.ts';
import type { FrozenNotice } from './numbered-notices.ts';

interface Listing {
  readonly noticeId: string;
  readonly madeAtMs: number;
}

/** Compares the notice that each deed names with the frozen lists: it is on the last one that was made after its approval. */
export const checkNotices: StartCheck = (at) => ({
  take: () => undefined,
  async finish() {
    const { proposals } = at.reader.t;
    const listings = await listingsOf(at);
    for (const { id, state, noticeId, decidedAtMs } of await deedsToCompare(at, [...listings.keys()])) {
      const since = (listings.get(id) ?? []).filter(({ madeAtMs }) => madeAtMs >= (decidedAtMs ?? Infinity));
      // A deed that was sent back or withdrawn names none.
      const isTold = state === 'on_notice' || state === 'contested' || state === 'posted';
      const expected = isTold ? (since.at(-1)?.noticeId ?? null) : null;
      if (noticeId !== expected)
        return badTold(proposals, {
          ...{ id, column: 'noticeId', check: 'told', number: null },
          ...{ expected: expected ?? '', found: noticeId ?? '' },
        });
    }
    return null;
  },
});

/** The lists that name each deed, the oldest first. */
async function listingsOf({ reader, villageId }: CheckAt): Promise<Map<string, Listing[]>> {
  const { frozenDocuments } = reader.t;
  const rows = await reader.db
    .select({ id: frozenDocuments.id, body: frozenDocuments.body })
    .from(frozenDocuments)
    .where(and(eq(frozenDocuments.villageId, villageId), eq(frozenDocuments.kind, 'notice')))
    .orderBy(frozenDocuments.id);
  const listings = new Map<string, Listing[]>();
  for (const { id: noticeId, body } of rows) {
    const { lines, madeAtMs } = JSON.parse(body) as FrozenNotice;
    for (const { proposal } of lines)
      listings.set(proposal, [...(listings.get(proposal) ?? []), { noticeId, madeAtMs }]);
  }
  return listings;
}

/** The deeds that name a notice, and those that one names. */
async function deedsToCompare({ reader, villageId }: CheckAt, listed: readonly string[]) {
  const { id, state, noticeId, decidedAtMs, villageId: village } = reader.t.proposals;
  const read = (which: ReturnType<typeof isNotNull>) =>
    reader.db
      .select({ id, state, noticeId, decidedAtMs })
      .from(reader.t.proposals)
      .where(and(eq(village, villageId), which));
  const rows = await read(isNotNull(noticeId));
  for (const some of chunked(listed)) rows.push(...(await read(inArray(id, some))));
  return rows;
}

import { and, asc, count, desc, eq, inArray, isNotNull, isNull, ne, sum } from 'drizzle-orm';
import { chunked, type Reader, type Tables, type Tx } from '../../db/index.ts';
import { PROPOSALS_AT_ONCE_MOST } from '../../shared/proposals/states.ts';
import { wordingOf } from '../rules/index.ts';
import { unordered } from './list.ts';
import { inOpenState } from './open-proposals.ts';
import type { ProposalRow } from './proposal-reads.ts';

/** An approved award that a notice has to tell of. */
export type Announced = Pick<
  ProposalRow,
  'id' | 'householdId' | 'ruleId' | 'ruleVersion' | 'points' | 'effectiveOn'
>;

/** A deduction is in the same state while its household may answer, and is on no notice. */
function isOnNotice(proposals: Tables['proposals'], villageId: string) {
  return and(
    eq(proposals.villageId, villageId),
    inOpenState(proposals, ['on_notice']),
    ne(proposals.kind, 'deduction'),
  );
}

/** Approved awards that are on no notice yet, the oldest first: as many as one notice tells of. */
export async function unannounced({ db, t: { proposals } }: Reader, villageId: string): Promise<Announced[]> {
  const { id, householdId, ruleId, ruleVersion, points, effectiveOn } = proposals;
  return db
    .select({ id, householdId, ruleId, ruleVersion, points, effectiveOn })
    .from(proposals)
    .where(and(isOnNotice(proposals, villageId), isNull(proposals.noticeId)))
    .orderBy(asc(id))
    .limit(PROPOSALS_AT_ONCE_MOST);
}

/** How many approved awards are on no notice yet, and their points together. */
export async function tallyUnannounced({ db, t: { proposals } }: Reader, villageId: string) {
  const [row] = await db
    .select({ count: count(), points: sum(proposals.points).mapWith(Number) })
    .from(proposals)
    .where(and(isOnNotice(proposals, villageId), isNull(proposals.noticeId)));
  return { count: row?.count ?? 0, points: row?.points ?? 0 };
}

/** Notes the notice that tells of these. Call under the village's lock. */
export async function putOnNotice(
  { db, t: { proposals } }: Tx,
  villageId: string,
  noticeId: string,
  ids: readonly string[],
): Promise<void> {
  for (const some of chunked(ids))
    await db
      .update(proposals)
      .set({ noticeId })
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, some)))
      .returning({ id: proposals.id });
}

/** The awards of a notice that wait for its end, with the instant at which each was approved. */
export async function waitingOnNotice(
  { db, t: { proposals } }: Reader,
  villageId: string,
  noticeId: string,
): Promise<Pick<ProposalRow, 'id' | 'decidedAtMs'>[]> {
  return db
    .select({ id: proposals.id, decidedAtMs: proposals.decidedAtMs })
    .from(proposals)
    .where(and(isOnNotice(proposals, villageId), eq(proposals.noticeId, noticeId)))
    .orderBy(asc(proposals.id));
}

/** How many awards of a notice are contested: they keep it from ending. */
export async function contestedOnNotice(
  { db, t: { proposals } }: Reader,
  villageId: string,
  noticeId: string,
): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, ['contested']),
        eq(proposals.noticeId, noticeId),
      ),
    );
  return row?.total ?? 0;
}

/** The notices on which awards wait, contested or not. */
export async function openNotices({ db, t: { proposals } }: Reader, villageId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: proposals.noticeId })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, ['on_notice', 'contested']),
        isNotNull(proposals.noticeId),
      ),
    );
  return rows.flatMap(({ id }) => id ?? []);
}

/** Reads how the deeds of a notice stand now, by proposal. */
export async function fatesOf(
  { db, t: { proposals } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, Pick<ProposalRow, 'state' | 'noticeId' | 'journalNumber'>>> {
  const { id, state, noticeId, journalNumber } = proposals;
  const found: [string, Pick<ProposalRow, 'state' | 'noticeId' | 'journalNumber'>][] = [];
  for (const some of chunked(ids)) {
    const rows = await db
      .select({ id, state, noticeId, journalNumber })
      .from(proposals)
      .where(and(eq(proposals.villageId, villageId), inArray(id, some)));
    found.push(...rows.map(({ id: of, ...fate }) => [of, fate] as const satisfies [string, unknown]));
  }
  return new Map(found);
}

/** So many good deeds under way a phone lists; the rest come into view as these are posted. */
const UNDER_WAY_MOST = 12;

/** The good deeds of a household that wait for a decision or for the end of a notice, the newest first. */
export async function deedsUnderWay(
  { db, t: { proposals, ruleVersions } }: Reader,
  villageId: string,
  householdId: string,
) {
  return db
    .select({
      id: proposals.id,
      title: ruleVersions.title,
      head: ruleVersions.category,
      points: proposals.points,
      day: proposals.effectiveOn,
      state: proposals.state,
      noticeId: proposals.noticeId,
    })
    .from(proposals)
    .innerJoin(ruleVersions, wordingOf(proposals, ruleVersions))
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, ['proposed', 'on_notice', 'contested']),
        eq(proposals.householdId, householdId),
        eq(proposals.kind, 'award'),
      ),
    )
    .orderBy(desc(unordered(proposals.id)))
    .limit(UNDER_WAY_MOST);
}

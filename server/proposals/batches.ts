import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { type Batch, BATCH_FIRST_MOST } from '../../shared/proposals/batch.ts';
import type { Proposal } from '../../shared/proposals/proposal.ts';
import { PROPOSAL_TRANSITIONS } from '../../shared/proposals/states.ts';
import type { Actor } from '../http/index.ts';
import { type Group, groupsIn, kinIn, reasonsIn, type Scope } from './batch-groups.ts';
import { type BatchesQuery, headsOf } from './batch-heads.ts';
import { batchMarks, type OpenRow, openRowsOf } from './seen-batch.ts';
import { whyNotDecide } from './may-decide.ts';
import { asSeenBy, type ReadBefore, staffOf, unordered, type Viewer } from './list.ts';
import { readPointsNow } from './seen-version.ts';

/** Answers one page of batches, the newest first. Ids grow with time, so the ids of batches give the order. */
export async function listBatches(
  reader: Reader,
  viewer: Viewer,
  query: BatchesQuery,
): Promise<{ items: Batch[]; next: string | null }> {
  const { villageId } = viewer;
  const staff = await staffOf(reader, villageId);
  // A decision looks at the family as it is declared now, and so must the count of rows that may be decided.
  const { householdIds = [] } = staff.get(viewer.actor.id) ?? {};
  const actor = { ...viewer.actor, householdIds };
  const found = await headsOf(reader, viewer, query);
  const page = found.slice(0, query.limit);
  const next = found.length > page.length ? (page.at(-1)?.batchId ?? null) : null;
  if (page.length === 0) return { items: [], next };
  const ids = page.map(({ batchId }) => batchId);
  const { proposals } = reader.t;
  const scope: Scope = {
    reader,
    rows: and(
      eq(proposals.villageId, villageId),
      inArray(proposals.batchId, ids),
      query.state === undefined ? undefined : eq(proposals.state, query.state),
    ),
  };
  const open = await openRowsOf(reader, villageId, ids);
  const now = await readPointsNow(reader, villageId, Array.from(open.values()).flat());
  const marks = await batchMarks(reader, villageId, actor, open, now);
  const groups = Map.groupBy(await groupsIn(scope), ({ batchId }) => batchId);
  const reasons = Map.groupBy(await reasonsIn(scope), ({ batchId }) => batchId);
  const kin = await kinIn(scope, staff);
  const known = { staff, points: now };
  const first = Map.groupBy(await firstOf(scope, { villageId, actor }, known), ({ batchId }) => batchId);
  const items = page.map(({ batchId: id, households, proposedBy, proposedAtMs }): Batch => {
    const rows = (open.get(id) ?? []).filter(
      ({ state }) => query.state === undefined || state === query.state,
    );
    const parts = withPointsNow(groups.get(id) ?? [], rows, now);
    return {
      id,
      ...total(parts),
      households,
      states: statesOf(parts),
      deeds: deedsOf(parts),
      reasons: (reasons.get(id) ?? []).map(({ reason, decidedBy, count }) => ({
        reason: reason ?? '',
        by: staff.get(decidedBy ?? '')?.displayName ?? '',
        count,
      })),
      proposedBy: staff.get(proposedBy ?? '')?.displayName ?? '',
      proposedAtMs,
      isMine: proposedBy === actor.id,
      kin: kin.get(id) ?? 0,
      pictureIds: Array.from(new Set(parts.flatMap(({ pictureIds }) => pictureIds))),
      first: first.get(id) ?? [],
      ...judged(actor, rows, now, total(parts).count),
      mark: marks.get(id) ?? '',
    };
  });
  return { items, next };
}

async function firstOf({ reader, rows }: Scope, viewer: Viewer, known: ReadBefore): Promise<Proposal[]> {
  const { proposals } = reader.t;
  const ranked = reader.db
    .select({
      id: proposals.id,
      place: sql<number>`row_number() over (partition by ${proposals.batchId} order by ${proposals.id})`.as(
        'place',
      ),
    })
    .from(proposals)
    .where(rows)
    .as('ranked');
  const first = await reader.db
    .select({ id: ranked.id })
    .from(ranked)
    .where(lte(ranked.place, BATCH_FIRST_MOST));
  const ids = first.map(({ id }) => id);
  const found = await reader.db
    .select()
    .from(proposals)
    .where(and(rows, inArray(proposals.id, ids)))
    .orderBy(asc(unordered(proposals.id)));
  return asSeenBy(reader, viewer, found, known);
}

/** An open merge or move away takes the balance as it is now, not as it was when it was proposed. */
function withPointsNow(
  groups: readonly Group[],
  rows: readonly OpenRow[],
  now: ReadonlyMap<string, number>,
): Group[] {
  const changed = rows.filter(({ id }) => now.has(id));
  if (changed.length === 0) return [...groups];
  return groups.map((group) => {
    const own = changed.filter(
      (row) => row.kind === group.kind && row.state === group.state && row.effectiveOn === group.effectiveOn,
    );
    const points = own.reduce((sum, row) => sum + (now.get(row.id) ?? 0) - row.points, group.points);
    const each = own.map(({ id }) => now.get(id) ?? 0);
    return own.length === 0 ? group : { ...group, points, least: Math.min(...each), most: Math.max(...each) };
  });
}

function total(groups: readonly Pick<Group, 'count' | 'points'>[]): { count: number; points: number } {
  return {
    count: groups.reduce((sum, group) => sum + group.count, 0),
    points: groups.reduce((sum, group) => sum + group.points, 0),
  };
}

function statesOf(groups: readonly Group[]): Batch['states'] {
  return Array.from(
    Map.groupBy(groups, ({ state }) => state),
    ([state, own]) => ({ state, ...total(own) }),
  );
}

/** A sheet of a month may have another note beside every deed: then deeds of a rule and day are told together. */
const DEEDS_APART_MOST = 60;

function deedsOf(groups: readonly Group[]): Batch['deeds'] {
  const isTold = groups.length <= DEEDS_APART_MOST;
  const alike = Map.groupBy(groups, ({ kind, effectiveOn, rule, least, notes }) =>
    JSON.stringify([
      ...[kind, effectiveOn, rule?.id, rule?.version],
      ...(rule && isTold ? [least, notes] : []),
    ]),
  );
  const deeds = Array.from(alike.values()).flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { kind, rule, effectiveOn } = first;
    return {
      kind,
      rule,
      effectiveOn,
      note: theOnly(own.flatMap(({ notes }) => notes)),
      each: theOnly(own.flatMap(({ least, most }) => [least, most])),
      ...total(own),
    };
  });
  return deeds.sort((a, b) => b.count - a.count);
}

/** Returns the value that all of them have, or null. */
function theOnly<T>(values: readonly T[]): T | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
}

function judged(
  actor: Actor,
  rows: readonly OpenRow[],
  now: ReadonlyMap<string, number>,
  all: number,
): Pick<Batch, 'mayDecide' | 'whyNot'> {
  const waiting = rows.filter(({ state }) => state === PROPOSAL_TRANSITIONS.approve.from);
  const verdicts = Map.groupBy(waiting, (row) => whyNotDecide(actor, row));
  const may = verdicts.get(null) ?? [];
  const points = may.reduce((sum, row) => sum + (now.get(row.id) ?? row.points), 0);
  const whyNot = Array.from(verdicts).flatMap(([reason, { length }]) =>
    reason === null ? [] : [{ reason, count: length }],
  );
  const settled = all - waiting.length;
  if (settled > 0) whyNot.push({ reason: 'state', count: settled });
  return { mayDecide: { count: may.length, points }, whyNot };
}

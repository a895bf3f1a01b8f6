import {
  and,
  type AnyColumn,
  asc,
  count,
  desc,
  eq,
  gt,
  isNotNull,
  lt,
  ne,
  notInArray,
  type SQL,
  sql,
} from 'drizzle-orm';
import { keyTable, keyValues, type Reader } from '../../db/index.ts';
import type { Proposal } from '../../shared/proposals/proposal.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import {
  otherHouseholdOf,
  PROPOSAL_TRANSITIONS,
  type ProposalState,
  statesThat,
} from '../../shared/proposals/states.ts';
import { householdNames } from '../households/index.ts';
import type { Actor } from '../http/index.ts';
import { entryTitles } from '../ledger/index.ts';
import { listStaff, staffNames } from '../staff/index.ts';
import { isKin, whyNotDecide } from './may-decide.ts';
import { marksOf, readPointsNow } from './seen-version.ts';
import { wordingOf } from '../rules/index.ts';
import { inOpenState } from './open-proposals.ts';

export interface ProposalsQuery {
  readonly state?: ProposalState | undefined;
  readonly mine?: boolean | undefined;
  readonly householdId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly order: 'newest' | 'oldest';
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Viewer {
  readonly villageId: string;
  readonly actor: Actor;
}

/** Answers one page of proposals. */
export async function listProposals(
  reader: Reader,
  viewer: Viewer,
  query: ProposalsQuery,
): Promise<{ items: Proposal[]; next: string | null }> {
  const { proposals } = reader.t;
  const place = query.batchId === undefined ? sql`${proposals.id}` : unordered(proposals.id);
  // The page is found in one table. In a join PostgreSQL could go through all proposals of the village for it.
  const found = await reader.db
    .select({ id: proposals.id })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, viewer.villageId),
        query.state === undefined ? undefined : eq(proposals.state, query.state),
        query.mine === true ? eq(proposals.proposedBy, viewer.actor.id) : undefined,
        query.mine === false ? ne(proposals.proposedBy, viewer.actor.id) : undefined,
        query.householdId === undefined ? undefined : eq(proposals.householdId, query.householdId),
        query.batchId === undefined ? undefined : eq(proposals.batchId, query.batchId),
        query.before === undefined ? undefined : lt(proposals.id, query.before),
        query.after === undefined ? undefined : gt(proposals.id, query.after),
      ),
    )
    .orderBy(query.order === 'newest' ? desc(place) : asc(place))
    .limit(query.limit + 1);
  const ids = found.slice(0, query.limit).map(({ id }) => id);
  const next = found.length > ids.length ? (ids.at(-1) ?? null) : null;
  const rows = await readProposals(reader, viewer.villageId, ids);
  return { items: await asSeenBy(reader, viewer, rows), next };
}

/** One proposal with every step it took. */
export async function getProposal(reader: Reader, viewer: Viewer, id: string) {
  const { proposalEvents } = reader.t;
  const rows = await readProposals(reader, viewer.villageId, [id]);
  const [proposal] = await asSeenBy(reader, viewer, rows);
  if (!proposal) throw new Refusal('proposal.not_found');
  const events = await reader.db
    .select()
    .from(proposalEvents)
    .where(and(eq(proposalEvents.villageId, viewer.villageId), eq(proposalEvents.proposalId, id)))
    .orderBy(asc(proposalEvents.step));
  const names = await staffNames(reader, viewer.villageId);
  return {
    ...proposal,
    history: events.map((event) => ({
      from: event.fromState,
      to: event.toState,
      by: names.get(event.actorId) ?? '',
      reason: event.reason,
      atMs: event.atMs,
    })),
  };
}

/** How many proposals wait for this caller to decide, and how many came back to them. */
export async function countWaiting(
  reader: Reader,
  villageId: string,
  actor: Actor,
): Promise<{ waitingForMe: number; returnedToMe: number }> {
  const { proposals } = reader.t;
  const waiting = mayDo(actor.roles, 'proposal.decide')
    ? await reader.db
        .select({ total: count() })
        .from(proposals)
        .where(
          and(
            eq(proposals.villageId, villageId),
            inOpenState(proposals, statesThat('isWaiting')),
            ne(proposals.proposedBy, actor.id),
            actor.householdIds.length === 0
              ? undefined
              : notInArray(proposals.householdId, [...actor.householdIds]),
          ),
        )
    : [];
  // Few proposals are about two households. Whether the other one is kin is checked here, not in the query.
  const kinOfOther = (waiting[0]?.total ?? 0) === 0 ? 0 : await countKinOfOther(reader, villageId, actor);
  const returned = await reader.db
    .select({ total: count() })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, [PROPOSAL_TRANSITIONS.return.to]),
        eq(proposals.proposedBy, actor.id),
      ),
    );
  return { waitingForMe: (waiting[0]?.total ?? 0) - kinOfOther, returnedToMe: returned[0]?.total ?? 0 };
}

async function countKinOfOther(reader: Reader, villageId: string, actor: Actor): Promise<number> {
  if (actor.householdIds.length === 0) return 0;
  const own = new Set(actor.householdIds);
  const { proposals } = reader.t;
  const rows = await reader.db
    .select({ householdId: proposals.householdId, change: proposals.change })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, statesThat('isWaiting')),
        ne(proposals.proposedBy, actor.id),
        isNotNull(proposals.change),
      ),
    );
  return rows.filter((row) => !own.has(row.householdId) && isKin(actor, row)).length;
}

/**
 * Gives the same text as the column, but no index is ordered by it. Without this, SQLite answers a query that sorts by
 * the column by walking through the whole history of a village in that order.
 */
export function unordered(column: AnyColumn): SQL<string> {
  return sql<string>`coalesce(${column}, '')`;
}

/** Reads these proposals, in this order, with the words that they are shown with. */
export async function readProposals(reader: Reader, villageId: string, ids: readonly string[]) {
  return reader.prepared(
    'proposals.shown',
    ({ db, t: { proposals, households, rules, ruleVersions } }) => {
      const keys = keyTable(reader.engine);
      return db
        .select({
          at: keys.at,
          proposal: proposals,
          household: { number: households.number, head: households.head, group: households.groupName },
          ruleCode: rules.code,
          ruleTitle: ruleVersions.title,
          ruleCategory: ruleVersions.category,
        })
        .from(keys.table)
        .crossJoin(proposals)
        .innerJoin(
          households,
          and(eq(households.villageId, proposals.villageId), eq(households.id, proposals.householdId)),
        )
        .leftJoin(rules, and(eq(rules.villageId, proposals.villageId), eq(rules.id, proposals.ruleId)))
        .leftJoin(ruleVersions, wordingOf(proposals, ruleVersions))
        .where(and(eq(proposals.villageId, keys.villageOfKey), eq(proposals.id, keys.part(0))))
        .orderBy(asc(keys.at));
    },
    keyValues(
      villageId,
      ids.map((id) => [id]),
    ),
  );
}

type ProposalRow = Awaited<ReturnType<typeof readProposals>>[number];

type Staff = ReadonlyMap<string, Awaited<ReturnType<typeof listStaff>>[number]>;

/** Data that is needed to show proposals, for callers who have read it already. */
export interface ReadBefore {
  readonly staff: Staff;
  /** The answer of readPointsNow, for these proposals or more. */
  readonly points: ReadonlyMap<string, number>;
}

/** Reads everybody on the staff of a village by id. */
export async function staffOf(reader: Reader, villageId: string): Promise<Staff> {
  return new Map((await listStaff(reader, villageId)).map((person) => [person.id, person]));
}

/** Puts proposals into the form of the contract, as this person sees them. */
export async function asSeenBy(
  reader: Reader,
  viewer: Viewer,
  rows: readonly ProposalRow[],
  known?: ReadBefore,
): Promise<Proposal[]> {
  const { villageId } = viewer;
  const staff = known?.staff ?? (await staffOf(reader, villageId));
  const nameOf = (id: string | null) => (id === null ? null : (staff.get(id)?.displayName ?? ''));
  const changes = await changesOf(reader, villageId, rows);
  const all = rows.map(({ proposal }) => proposal);
  const reversed = all.flatMap(({ reversesNumber }) => reversesNumber ?? []);
  const titles = await entryTitles(reader, villageId, reversed);
  const points = known?.points ?? (await readPointsNow(reader, villageId, all));
  const marks = await marksOf(reader, villageId, all, points);
  return rows.map(({ proposal, household, ruleCode, ruleTitle, ruleCategory }) => {
    const whyNot = whyNotDecide(viewer.actor, proposal);
    const { ruleId, ruleVersion } = proposal;
    return {
      id: proposal.id,
      batchId: proposal.batchId,
      kind: proposal.kind,
      state: proposal.state,
      household: { id: proposal.householdId, ...household },
      rule:
        ruleId === null || ruleVersion === null
          ? null
          : {
              id: ruleId,
              code: ruleCode ?? '',
              title: ruleTitle ?? '',
              category: ruleCategory ?? '',
              version: ruleVersion,
            },
      points: points.get(proposal.id) ?? proposal.points,
      note: proposal.note,
      effectiveOn: proposal.effectiveOn,
      proposedBy: nameOf(proposal.proposedBy) ?? '',
      proposerIsKin: isKin(staff.get(proposal.proposedBy) ?? { householdIds: [] }, proposal),
      proposedAtMs: proposal.proposedAtMs,
      decidedBy: nameOf(proposal.decidedBy),
      decidedAtMs: proposal.decidedAtMs,
      reason: proposal.reason,
      journalNumber: proposal.journalNumber,
      reversesNumber: proposal.reversesNumber,
      reversesTitle: titles.get(proposal.reversesNumber ?? 0) ?? null,
      pictureIds: proposal.pictureIds ?? [],
      change: changes.get(proposal.id) ?? null,
      mark: marks.get(proposal.id) ?? '',
      mayDecide: whyNot === null,
      whyNot,
      isMine: proposal.proposedBy === viewer.actor.id,
    };
  });
}

/** Tells what becomes of the households, with the names of those it touches. */
async function changesOf(reader: Reader, villageId: string, rows: readonly ProposalRow[]) {
  const all = rows.flatMap(({ proposal: { id, change } }) =>
    change === null ? [] : [{ id, change, otherId: otherHouseholdOf(change) }],
  );
  const others = all.flatMap(({ otherId }) => otherId ?? []);
  const names = await householdNames(reader, villageId, others);
  return new Map(
    all.map(({ id, change, otherId }) => [
      id,
      {
        fresh: change.kind === 'split' ? change.fresh : null,
        other: otherId === null ? null : (names.get(otherId) ?? null),
      },
    ]),
  );
}

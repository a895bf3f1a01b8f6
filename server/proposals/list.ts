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
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { Proposal } from '../../shared/proposals/proposal.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import {
  otherHouseholdOf,
  PROPOSAL_TRANSITIONS,
  type ProposalState,
  statesThat,
} from '../../shared/proposals/states.ts';
import { type HouseholdName, householdNames } from '../households/index.ts';
import type { Actor } from '../http/index.ts';
import { entryTitles } from '../ledger/index.ts';
import { ruleWordings } from '../rules/index.ts';
import { listStaff, staffNames } from '../staff/index.ts';
import { isKin, whyNotDecide } from './may-decide.ts';
import { marksOf, readPointsNow } from './seen-version.ts';
import type { ProposalRow } from './proposal-reads.ts';
import { inOpenState } from './open-proposals.ts';

export interface ProposalsQuery {
  readonly state?: ProposalState | undefined;
  readonly open?: boolean | undefined;
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
  // Open proposals, and those of one batch, are few: they are found first and sorted then.
  const isOfFew = query.batchId !== undefined || query.open === true;
  const place = isOfFew ? unordered(proposals.id) : sql`${proposals.id}`;
  const toCome = statesThat('keepsAccount');
  // The page is read from one table. In a join PostgreSQL could go through all proposals of the village for it.
  const rows = await reader.db
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, viewer.villageId),
        query.state === undefined ? undefined : eq(proposals.state, query.state),
        query.open === true ? inOpenState(proposals, toCome) : undefined,
        query.open === false ? notInArray(proposals.state, toCome) : undefined,
        query.mine === true ? eq(proposals.proposedBy, viewer.actor.id) : undefined,
        query.mine === false ? ne(proposals.proposedBy, viewer.actor.id) : undefined,
        query.householdId === undefined ? undefined : eq(proposals.householdId, query.householdId),
        query.batchId === undefined ? undefined : eq(proposals.batchId, query.batchId),
        query.before === undefined ? undefined : lt(place, query.before),
        query.after === undefined ? undefined : gt(place, query.after),
      ),
    )
    .orderBy(query.order === 'newest' ? desc(place) : asc(place))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const next = rows.length > page.length ? (page.at(-1)?.id ?? null) : null;
  return { items: await asSeenBy(reader, viewer, page), next };
}

/** One proposal with every step it took. */
export async function getProposal(reader: Reader, viewer: Viewer, id: string) {
  const { proposals, proposalEvents } = reader.t;
  const rows = await reader.db
    .select()
    .from(proposals)
    .where(and(eq(proposals.villageId, viewer.villageId), eq(proposals.id, id)));
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
    reversedBy: await reversalOf(reader, viewer.villageId, proposal.journalNumber),
  };
}

async function reversalOf(
  { db, t: { journal } }: Reader,
  villageId: string,
  number: number | null,
): Promise<number | null> {
  if (number === null) return null;
  const [found] = await db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.reversesNumber, number)));
  return found?.number ?? null;
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
  // Few proposals are about two households, or for an event. Whether the other household is kin, or this person kept the
  // list of the event, is checked here, not in the query.
  const notMine = (waiting[0]?.total ?? 0) === 0 ? 0 : await countNotMine(reader, villageId, actor);
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
  return { waitingForMe: (waiting[0]?.total ?? 0) - notMine, returnedToMe: returned[0]?.total ?? 0 };
}

async function countNotMine(reader: Reader, villageId: string, actor: Actor): Promise<number> {
  const own = new Set(actor.householdIds);
  const { proposals } = reader.t;
  const rows = await reader.db
    .select({
      householdId: proposals.householdId,
      change: proposals.change,
      attendance: proposals.attendance,
    })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inOpenState(proposals, statesThat('isWaiting')),
        ne(proposals.proposedBy, actor.id),
        or(isNotNull(proposals.change), isNotNull(proposals.attendance)),
      ),
    );
  const hasPart = (row: (typeof rows)[number]) =>
    isKin(actor, row) || row.attendance?.keptBy.includes(actor.id) === true;
  return rows.filter((row) => !own.has(row.householdId) && hasPart(row)).length;
}

/**
 * Gives the same text as the column, but no index is ordered by it. Without this, SQLite answers a query that sorts by
 * the column by walking through the whole history of a village in that order.
 */
export function unordered(column: AnyColumn): SQL<string> {
  return sql<string>`coalesce(${column}, '')`;
}

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

/**
 * Puts proposals into the form of the contract, as this person sees them. Households and wordings are read apart: joined with
 * a list, PostgreSQL could compare each proposal with each household of the village.
 */
export async function asSeenBy(
  reader: Reader,
  viewer: Viewer,
  rows: readonly ProposalRow[],
  known?: ReadBefore,
): Promise<Proposal[]> {
  if (rows.length === 0) return [];
  const { villageId } = viewer;
  const staff = known?.staff ?? (await staffOf(reader, villageId));
  const nameOf = (id: string | null) => (id === null ? null : (staff.get(id)?.displayName ?? ''));
  const households = await householdNames(reader, villageId, Array.from(new Set(rows.flatMap(householdsIn))));
  const wordings = await ruleWordings(
    reader,
    villageId,
    rows.flatMap(({ ruleId }) => ruleId ?? []),
  );
  const reversed = rows.flatMap(({ reversesNumber }) => reversesNumber ?? []);
  const titles = await entryTitles(reader, villageId, reversed);
  const points = known?.points ?? (await readPointsNow(reader, villageId, rows));
  const marks = await marksOf(reader, villageId, rows, points);
  return rows.map((row) => {
    const whyNot = whyNotDecide(viewer.actor, row);
    const { ruleId, ruleVersion } = row;
    const { number = '', head = '', group = '' } = households.get(row.householdId) ?? {};
    return {
      id: row.id,
      batchId: row.batchId,
      kind: row.kind,
      state: row.state,
      household: { id: row.householdId, number, head, group },
      rule: ruleId === null || ruleVersion === null ? null : wordings.of(ruleId, ruleVersion),
      points: points.get(row.id) ?? row.points,
      option: row.option,
      note: row.note,
      member: row.member,
      event: row.event,
      effectiveOn: row.effectiveOn,
      proposedBy: nameOf(row.proposedBy) ?? '',
      proposerIsKin: isKin(staff.get(row.proposedBy) ?? { householdIds: [] }, row),
      proposedAtMs: row.proposedAtMs,
      decidedBy: nameOf(row.decidedBy),
      decidedAtMs: row.decidedAtMs,
      reason: row.reason,
      journalNumber: row.journalNumber,
      reversesNumber: row.reversesNumber,
      reversesTitle: titles.get(row.reversesNumber ?? 0) ?? null,
      pictureIds: row.pictureIds ?? [],
      change: changeOf(row, households),
      mark: marks.get(row.id) ?? '',
      mayDecide: whyNot === null,
      whyNot,
      isMine: row.proposedBy === viewer.actor.id,
    };
  });
}

function householdsIn({ householdId, change }: ProposalRow): string[] {
  const otherId = change && otherHouseholdOf(change);
  return otherId === null ? [householdId] : [householdId, otherId];
}

/** Tells what becomes of the households, with the name of the other one. */
function changeOf(
  { change }: ProposalRow,
  households: ReadonlyMap<string, HouseholdName>,
): Proposal['change'] {
  if (change === null) return null;
  const otherId = otherHouseholdOf(change);
  return {
    fresh: change.kind === 'split' ? change.fresh : null,
    other: otherId === null ? null : (households.get(otherId) ?? null),
  };
}

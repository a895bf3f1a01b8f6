import type { At } from '../at.ts';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import { Refusal } from '../../shared/errors.ts';
import { capOf } from '../../shared/rules/caps.ts';
import {
  OPEN_STATES,
  PROPOSAL_TRANSITIONS,
  type ProposalAction,
  type ProposalState,
  STATE_FACTS,
} from '../../shared/proposals/states.ts';
import { findStaff } from '../staff/index.ts';
import type { EntryInput, LedgerRefusal } from '../ledger/index.ts';
import { type NewDeed, refuseOverCapKept, refuseOverCapToday } from './caps.ts';
import { type Chosen, chosenIds } from './chosen-proposals.ts';
import { refuseClosed } from './create.ts';
import { refuseWrongHands } from './may-decide.ts';
import type { DecideWork, ProposalKindDef, ProposalWithRule } from './proposal-kind.ts';
import { lastSteps, refuseChanged } from './seen-version.ts';
import { releasePhotos } from './photos.ts';
import { touchedBy } from './open-proposals.ts';
import { wordingOf } from '../rules/index.ts';

export interface Decision extends Chosen {
  readonly action: ProposalAction;
  readonly reason: string;
  /** The marks that the caller saw, in the order of `ids`; see marksOf. */
  readonly marks?: readonly string[] | undefined;
}

/** Rows a statement of one branch each: its work grows with the square. */
const BRANCHES_A_STATEMENT = 100;

/**
 * Moves all of the proposals one step, or none. Approving posts each as an entry of its own, in the same commit. A
 * change of a household without points makes no entry.
 */
export async function decide(
  work: DecideWork,
  { action, reason, marks, ...chosen }: Decision,
): Promise<{ state: ProposalState; ids: string[]; journalNumbers: number[] }> {
  const { tx, villageId } = work;
  const { from, to, needsReason } = PROPOSAL_TRANSITIONS[action];
  if (needsReason && reason === '') throw new Refusal('proposal.reason_missing');
  await tx.lockBook(villageId);
  // The declared family is read under the lock: the caller may have been looked up before it was declared.
  const { householdIds } = await findStaff(tx, villageId, work.actorId);
  const actor = { ...work.actor, householdIds };
  // One order for all who decide, and for the numbers of the entries: as they were proposed.
  const wanted = await chosenIds({ reader: tx, villageId, actor }, action, chosen);
  const rows = await readProposals(work, wanted);
  for (const row of rows) refuseWrongHands(actor, action, row);
  if (marks) {
    const seen = new Map(chosen.ids?.map((id, at) => [id, marks[at]]));
    await refuseChanged(
      tx,
      villageId,
      rows.filter(({ id }) => seen.has(id)),
      seen,
    );
  }
  // A deed that waits keeps its place under the rule it was proposed under; one that comes back takes a place under today's.
  const { isPosted, countsUnderCap, keepsPhotos } = STATE_FACTS[to];
  if (isPosted) await refuseOverCapKept(work, rows.map(asDeed));
  else if (countsUnderCap) await refuseOverCapToday(work, rows.map(asDeed));
  await move(work, wanted, { action, from, to, reason });
  if (!keepsPhotos)
    await releasePhotos(
      tx,
      villageId,
      rows.flatMap(({ pictureIds }) => pictureIds ?? []),
    );
  const numbers = isPosted ? await post(work, rows) : [];
  if (!isPosted && !OPEN_STATES.includes(to)) await drop(work, rows);
  return { state: to, ids: wanted, journalNumbers: numbers };
}

export async function readProposals(
  { tx, villageId }: At,
  ids: readonly string[],
): Promise<ProposalWithRule[]> {
  const { proposals, rules, ruleVersions } = tx.t;
  const rows: ProposalWithRule[] = [];
  for (const some of chunked(ids)) {
    const found = await tx.db
      .select({
        proposal: proposals,
        code: rules.code,
        title: ruleVersions.title,
        limitPeriod: ruleVersions.limitPeriod,
        limitTimes: ruleVersions.limitTimes,
        limitPoints: ruleVersions.limitPoints,
      })
      .from(proposals)
      .leftJoin(rules, and(eq(rules.villageId, proposals.villageId), eq(rules.id, proposals.ruleId)))
      .leftJoin(ruleVersions, wordingOf({ proposals, ruleVersions }))
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, some)))
      .orderBy(asc(proposals.id));
    for (const { proposal, code, title, ...limit } of found) {
      const named = { code: code ?? '', wording: title ?? '' };
      rows.push({ ...proposal, ...named, title: `${named.code} ${named.wording}`.trim(), cap: capOf(limit) });
    }
  }
  if (rows.length !== ids.length) throw new Refusal('proposal.not_found');
  return rows;
}

function asDeed({ wording, ...row }: ProposalWithRule): NewDeed {
  return { ...row, title: wording };
}

/** Does the step if the state is still `from`. If two decide at once, one finds nothing left to move. */
export async function move(
  work: At,
  ids: readonly string[],
  step: { action: ProposalAction; from: ProposalState; to: ProposalState; reason: string },
): Promise<void> {
  const { tx, villageId, nowMs } = work;
  const { proposals, proposalEvents } = tx.t;
  const isDecision = PROPOSAL_TRANSITIONS[step.action].by === 'decider';
  const decided = isDecision
    ? { decidedBy: work.actorId, decidedAtMs: nowMs, reason: step.reason === '' ? null : step.reason }
    : { decidedBy: null, decidedAtMs: null, reason: null };
  for (const chunk of chunked(ids)) {
    const these = and(eq(proposals.villageId, villageId), inArray(proposals.id, chunk));
    const moved = await tx.db
      .update(proposals)
      .set({ state: step.to, ...decided })
      .where(and(these, eq(proposals.state, step.from)))
      .returning({ id: proposals.id });
    if (moved.length !== chunk.length) throw new Refusal('proposal.state');
    const last = await lastSteps(tx, villageId, chunk);
    await tx.db
      .insert(proposalEvents)
      .values(
        chunk.map((proposalId) => ({
          villageId,
          proposalId,
          step: (last.get(proposalId) ?? 0) + 1,
          fromState: step.from,
          toState: step.to,
          actorId: work.actorId,
          reason: step.reason,
          atMs: nowMs,
        })),
      )
      .returning({ step: proposalEvents.step });
  }
}

/** Carries out what was approved, kind by kind, and answers the entries' numbers in the order of the rows. */
async function post(work: DecideWork, rows: readonly ProposalWithRule[]): Promise<number[]> {
  const numbers = new Map<string, number>();
  const rowsOf = ({ names }: ProposalKindDef) => rows.filter(({ kind }) => names.includes(kind));
  const ofOpen = work.kinds.filter(({ isOfClosed = false }) => !isOfClosed).flatMap(rowsOf);
  await refuseClosed(work.tx, work.villageId, Array.from(new Set(ofOpen.flatMap(touchedBy))));
  const booked: ProposalWithRule[] = [];
  const entries: EntryInput[] = [];
  for (const kind of work.kinds) {
    const own = rowsOf(kind);
    if (!kind.entries || own.length === 0) continue;
    booked.push(...own);
    entries.push(...(await kind.entries(work, own)));
  }
  if (entries.length > 0) {
    const outcome = await work.ledger.postMany(work.tx, work.villageId, entries);
    if (!outcome.ok) throw await refusalFor(work, booked[outcome.index], outcome);
    outcome.posted.forEach(({ entry }, index) => numbers.set(booked[index]?.id ?? '', entry.number));
  }
  for (const kind of work.kinds)
    for (const row of kind.approve ? rowsOf(kind) : []) {
      const outcome = await kind.approve?.(work, row);
      if (outcome?.ok === false) throw await refusalFor(work, row, outcome);
      if (outcome) numbers.set(row.id, outcome.entry.number);
    }
  await keepNumbers(work, Array.from(numbers));
  return rows.flatMap(({ id }) => numbers.get(id) ?? []);
}

async function drop(work: DecideWork, rows: readonly ProposalWithRule[]): Promise<void> {
  for (const { names, dropped } of work.kinds) {
    const own = dropped ? rows.filter(({ kind }) => names.includes(kind)) : [];
    if (own.length > 0) await dropped?.(work, own);
  }
}

/** In a batch of many the household that stands in the way has to be named. */
async function refusalFor(
  { tx, villageId }: DecideWork,
  row: ProposalWithRule | undefined,
  { code, params }: LedgerRefusal,
): Promise<Refusal> {
  const { households } = tx.t;
  const [household] = await tx.db
    .select({ number: households.number })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, row?.householdId ?? '')));
  return new Refusal(code, { ...params, household: household?.number ?? '' });
}

async function keepNumbers(
  { tx, villageId }: DecideWork,
  numbers: readonly (readonly [string, number])[],
): Promise<void> {
  const { proposals } = tx.t;
  for (const chunk of chunked(numbers, BRANCHES_A_STATEMENT)) {
    const branches: SQL[] = chunk.map(
      ([id, number]) => sql`when ${proposals.id} = ${id} then cast(${number} as bigint)`,
    );
    await tx.db
      .update(proposals)
      .set({ journalNumber: sql`case ${sql.join(branches, sql` `)} end` })
      .where(
        and(
          eq(proposals.villageId, villageId),
          inArray(
            proposals.id,
            chunk.map(([id]) => id),
          ),
        ),
      )
      .returning({ id: proposals.id });
  }
}

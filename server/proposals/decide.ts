import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Cap, capOf } from '../../shared/rules/caps.ts';
import {
  COUNTS_UNDER_CAP,
  PROPOSAL_TRANSITIONS,
  type ProposalAction,
  type ProposalState,
} from '../../shared/proposals/states.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import type { Actor } from '../http/index.ts';
import { findStaff } from '../staff/index.ts';
import { householdAccount } from '../households/account-kinds.ts';
import {
  entry as findEntry,
  type EntryInput,
  type LedgerRefusal,
  type PostOutcome,
} from '../ledger/index.ts';
import { DEDUCTED, ISSUED } from './account-kinds.ts';
import { applyChange, type ChangeWork } from './apply-change.ts';
import { type NewDeed, refuseOverCapKept, refuseOverCapToday } from './caps.ts';
import { type Chosen, chosenIds } from './chosen-proposals.ts';
import { type AwardWork, refuseClosed } from './create.ts';
import { refuseErasure } from './erase.ts';
import { refuseWrongHands } from './may-decide.ts';
import { lastSteps, refuseChanged } from './seen-version.ts';
import { approvedOpenings } from './opening.ts';
import { KEEPS_PHOTOS, releasePhotos } from './photos.ts';
import { POSTED_STATE } from './transitions.ts';
import { touchedBy } from './open-proposals.ts';
import { wordingOf } from '../rules/index.ts';

export interface Decision extends Chosen {
  readonly action: ProposalAction;
  readonly reason: string;
  /** The marks that the caller saw, in the order of `ids`; see marksOf. */
  readonly marks?: readonly string[] | undefined;
}

export interface DecideWork extends ChangeWork {
  readonly actor: Actor;
  readonly settings: VillageSettings;
  /** Erases everything that all modules keep about a household. The server passes it in. */
  readonly erase: EraseHousehold;
}

export type EraseHousehold = (
  tx: Tx,
  household: { readonly villageId: string; readonly id: string; readonly nowMs: number },
) => Promise<void>;

type ProposalRow = Tables['proposals']['$inferSelect'];
/** With the rule as it was when this was proposed. */
interface WithRule extends ProposalRow {
  readonly code: string;
  readonly wording: string;
  /** Code and wording, as the passbook shows them. */
  readonly title: string;
  readonly cap: Cap | null;
}

export const ROWS_A_STATEMENT = 400;
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
  if (to === POSTED_STATE) await refuseOverCapKept(work, rows.map(asDeed));
  else if (COUNTS_UNDER_CAP[to]) await refuseOverCapToday(work, rows.map(asDeed));
  await move(work, wanted, { action, from, to, reason });
  if (!KEEPS_PHOTOS[to])
    await releasePhotos(
      tx,
      villageId,
      rows.flatMap(({ pictureIds }) => pictureIds ?? []),
    );
  const numbers = to === POSTED_STATE ? await post(work, rows) : [];
  return { state: to, ids: wanted, journalNumbers: numbers };
}

export async function readProposals(
  { tx, villageId }: AwardWork,
  ids: readonly string[],
): Promise<WithRule[]> {
  const { proposals, rules, ruleVersions } = tx.t;
  const rows: WithRule[] = [];
  for (let at = 0; at < ids.length; at += ROWS_A_STATEMENT) {
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
      .where(
        and(eq(proposals.villageId, villageId), inArray(proposals.id, ids.slice(at, at + ROWS_A_STATEMENT))),
      )
      .orderBy(asc(proposals.id));
    for (const { proposal, code, title, ...limit } of found) {
      const named = { code: code ?? '', wording: title ?? '' };
      rows.push({ ...proposal, ...named, title: `${named.code} ${named.wording}`.trim(), cap: capOf(limit) });
    }
  }
  if (rows.length !== ids.length) throw new Refusal('proposal.not_found');
  return rows;
}

function asDeed({ wording, ...row }: WithRule): NewDeed {
  return { ...row, title: wording };
}

/** Does the step if the state is still `from`. If two decide at once, one finds nothing left to move. */
export async function move(
  work: AwardWork,
  ids: readonly string[],
  step: { action: ProposalAction; from: ProposalState; to: ProposalState; reason: string },
): Promise<void> {
  const { tx, villageId, nowMs } = work;
  const { proposals, proposalEvents } = tx.t;
  const isDecision = PROPOSAL_TRANSITIONS[step.action].by === 'decider';
  const decided = isDecision
    ? { decidedBy: work.actorId, decidedAtMs: nowMs, reason: step.reason === '' ? null : step.reason }
    : { decidedBy: null, decidedAtMs: null, reason: null };
  for (let at = 0; at < ids.length; at += ROWS_A_STATEMENT) {
    const chunk = ids.slice(at, at + ROWS_A_STATEMENT);
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

/** Posts the rows and returns the entries' numbers in their order. Entries that close an account are posted last. */
async function post(work: DecideWork, rows: readonly WithRule[]): Promise<number[]> {
  const numbers = new Map<string, number>();
  const erasures = rows.filter(({ change }) => change?.kind === 'erasure');
  const others = rows.filter(({ change }) => change?.kind !== 'erasure');
  await refuseClosed(work.tx, work.villageId, Array.from(new Set(others.flatMap(touchedBy))));
  const awards = rows.filter((row) => row.kind === 'award' || row.kind === 'deduction');
  const openings = rows.filter((row) => row.kind === 'opening');
  const plain = [...awards, ...openings];
  if (plain.length > 0) {
    const entries = [
      ...awards.map((row) => awardEntry(work, row)),
      ...(await approvedOpenings(work.tx, work, openings)),
    ];
    const outcome = await work.ledger.postMany(work.tx, work.villageId, entries);
    if (!outcome.ok) throw await refusalFor(work, plain[outcome.index], outcome);
    outcome.posted.forEach(({ entry }, index) => numbers.set(plain[index]?.id ?? '', entry.number));
  }
  for (const row of rows) {
    if (row.reversesNumber === null) continue;
    const outcome = await postReversal(work, row, row.reversesNumber);
    if (!outcome.ok) throw await refusalFor(work, row, outcome);
    numbers.set(row.id, outcome.entry.number);
  }
  for (const row of rows) {
    const { change } = row;
    if (change === null || change.kind === 'reversal' || change.kind === 'erasure') continue;
    const outcome = await applyChange(work, { ...row, change });
    if (outcome?.ok === false) throw await refusalFor(work, row, outcome);
    if (outcome) numbers.set(row.id, outcome.entry.number);
  }
  for (const { householdId } of erasures) {
    await refuseErasure(work, householdId);
    await work.erase(work.tx, { villageId: work.villageId, id: householdId, nowMs: work.nowMs });
  }
  await keepNumbers(work, Array.from(numbers));
  return rows.flatMap(({ id }) => numbers.get(id) ?? []);
}

function awardEntry({ villageId, actorId, settings }: DecideWork, row: WithRule): EntryInput {
  const isAward = row.points > 0;
  return {
    villageId,
    kind: isAward ? 'award' : 'deduction',
    effectiveOn: row.effectiveOn,
    idempotencyKey: `proposal.${row.id}`,
    actorId,
    source: `proposal:${row.id}`,
    text: { title: row.title, note: row.note },
    lines: [
      { account: isAward ? ISSUED : DEDUCTED, amount: -row.points },
      { account: householdAccount(row.householdId), amount: row.points },
    ],
    ...(!isAward && settings.deductionsMayGoBelowZero ? { mayPassFloor: true } : {}),
  };
}

async function postReversal(work: DecideWork, row: WithRule, number: number): Promise<PostOutcome> {
  const { tx, ledger, villageId, actorId, settings } = work;
  const reversed = await findEntry(tx, villageId, number);
  return ledger.reverse(tx, {
    villageId,
    number,
    effectiveOn: row.effectiveOn,
    idempotencyKey: `proposal.${row.id}`,
    actorId,
    source: `proposal:${row.id}`,
    text: { title: reversed?.text.title ?? '', note: row.note },
    ...(settings.deductionsMayGoBelowZero ? { mayPassFloor: true } : {}),
  });
}

/** Adds the household's name to the refusal, because a batch holds many. */
async function refusalFor(
  { tx, villageId }: DecideWork,
  row: WithRule | undefined,
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
  for (let at = 0; at < numbers.length; at += BRANCHES_A_STATEMENT) {
    const chunk = numbers.slice(at, at + BRANCHES_A_STATEMENT);
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

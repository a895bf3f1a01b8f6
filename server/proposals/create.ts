import type { At } from '../at.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Tx } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { statesThat } from '../../shared/proposals/states.ts';
import { capOf } from '../../shared/rules/caps.ts';
import { accountKinds, householdAccount } from '../households/ledger-kinds.ts';
import { accountId, entry as findEntry, entryKindOf } from '../ledger/index.ts';
import { LEDGER_KINDS } from '../ledger-kinds.ts';
import { takePictures } from '../pictures/index.ts';
import { findRule, pointsFor } from '../rules/index.ts';
import { refuseOverCap } from './caps.ts';
import { FIRST_STATE } from './transitions.ts';

export interface NewAward {
  readonly ruleId: string;
  readonly householdIds: readonly string[];
  /** Given if the rule leaves it open; hundredths, signed like the rule. */
  readonly points?: number | undefined;
  readonly note: string;
  /** Today when left out. */
  readonly effectiveOn?: string | undefined;
  /** Photos handed in before. */
  readonly pictureIds?: readonly string[] | undefined;
}

type ProposalRow = Tables['proposals']['$inferInsert'];

export const NO_RULE = { ruleId: null, ruleVersion: null, reversesNumber: null } as const;
const BACKDATED_DAYS_MOST = 366;

/** Proposes one deed for each of the households; a household named twice counts once. */
export async function createAwards(work: At, award: NewAward): Promise<{ batchId: string; ids: string[] }> {
  const { tx, villageId } = work;
  // The deeds under the rule's cap are counted below, and nobody may add to them until these stand too.
  await tx.lockBook(villageId);
  const { rule, deed } = await deedOf(work, award);
  const householdIds = Array.from(new Set(award.householdIds));
  await refuseClosed(tx, villageId, householdIds);
  await refuseOverCap(
    work,
    householdIds.map((householdId) => ({ id: '', householdId, ...deed, ...rule })),
  );
  const batchId = work.newId();
  const rows = householdIds.map((householdId) => ({
    ...proposalRow(work, batchId),
    ...deed,
    householdId,
    reversesNumber: null,
  }));
  await insertProposals(work, rows);
  return { batchId, ids: rows.map((row) => row.id) };
}

/** A deed under its rule as the rule is now, with its photos: the same for every household it is proposed for. */
export async function deedOf(work: At, award: Omit<NewAward, 'householdIds'>) {
  const { tx, villageId, nowMs, today } = work;
  const rule = await findRule(tx, villageId, award.ruleId);
  if (!rule.enabled) throw new Refusal('rule.disabled', { code: rule.code });
  const points = pointsFor(rule, award.points);
  const effectiveOn = award.effectiveOn ?? today;
  refuseFarDay(effectiveOn, today);
  const pictureIds = Array.from(new Set(award.pictureIds));
  await takePictures(tx, { villageId, purpose: 'evidence', ids: pictureIds, nowMs });
  return {
    rule: { code: rule.code, title: rule.title, cap: capOf(rule) },
    deed: {
      kind: points > 0 ? ('award' as const) : ('deduction' as const),
      ruleId: rule.id,
      ruleVersion: rule.version,
      points,
      note: award.note,
      effectiveOn,
      pictureIds: pictureIds.length === 0 ? null : pictureIds,
    },
  };
}

/** Proposes to take back an entry of one household, or one that moved points from a household to another. */
export async function createReversal(
  work: At,
  { number, reason }: { readonly number: number; readonly reason: string },
): Promise<{ id: string }> {
  const { tx, villageId } = work;
  await tx.lockBook(villageId);
  const entry = await findEntry(tx, villageId, number);
  if (!entry) throw new Refusal('ledger.entry_not_found', { number });
  if (entry.reversedBy !== null)
    throw new Refusal('ledger.already_reversed', { number, by: entry.reversedBy });
  const owners = entry.lines.flatMap((line) => {
    return accountKinds.household.ownerOf(line.accountId) ?? [];
  });
  const [householdId, otherId] = owners;
  const isPlain = owners.length === (entry.kind === 'transfer' ? 2 : 1);
  const isReversible = entryKindOf(LEDGER_KINDS, entry.kind)?.reversalMayBeProposed === true;
  if (!isReversible || householdId === undefined || !isPlain) {
    throw new Refusal('ledger.not_reversible', { number });
  }
  // Points that come back must not vanish into an account that has ended: it is opened again first.
  await refuseClosed(tx, villageId, owners);
  await refuseWaiting(tx, villageId, number);
  const own = accountId(householdAccount(householdId));
  const moved = entry.lines.reduce((sum, line) => sum + (line.accountId === own ? line.amount : 0), 0);
  return propose(work, {
    kind: 'reversal',
    householdId,
    points: -moved,
    note: reason,
    reversesNumber: number,
    change: otherId === undefined ? null : { kind: 'reversal', otherId },
  });
}

/** Proposes for one household what no rule speaks of. The caller holds the book and has looked at what stands against it. */
export async function propose(
  work: At,
  proposed: Pick<ProposalRow, 'kind' | 'householdId' | 'points' | 'note' | 'reversesNumber' | 'change'>,
): Promise<{ id: string }> {
  const row = { ...proposalRow(work, work.newId()), ...NO_RULE, effectiveOn: work.today, ...proposed };
  await insertProposals(work, [row]);
  return { id: row.id };
}

export function proposalRow(work: At, batchId: string) {
  return {
    villageId: work.villageId,
    id: work.newId(),
    batchId,
    state: FIRST_STATE,
    proposedBy: work.actorId,
    proposedAtMs: work.nowMs,
    decidedBy: null,
    decidedAtMs: null,
    reason: null,
    journalNumber: null,
  };
}

export async function insertProposals(
  { tx, actorId, nowMs }: At,
  rows: readonly ProposalRow[],
): Promise<void> {
  const { proposals, proposalEvents } = tx.t;
  for (const chunk of chunked(rows)) {
    await tx.db.insert(proposals).values(chunk).returning({ id: proposals.id });
    await tx.db
      .insert(proposalEvents)
      .values(
        chunk.map(({ villageId, id, state }) => ({
          villageId,
          proposalId: id,
          step: 1,
          fromState: null,
          toState: state,
          actorId,
          reason: '',
          atMs: nowMs,
        })),
      )
      .returning({ step: proposalEvents.step });
  }
}

/** Refuses when one of these is closed, or is none of the village's. */
export async function refuseClosed(
  tx: Tx,
  villageId: string,
  householdIds: readonly string[],
): Promise<void> {
  const { households } = tx.t;
  const found = new Set<string>();
  for (const some of chunked(householdIds)) {
    const rows = await tx.db
      .select({ id: households.id, state: households.state, number: households.number })
      .from(households)
      .where(and(eq(households.villageId, villageId), inArray(households.id, some)));
    const closed = rows.find((row) => row.state !== 'active');
    if (closed) throw new Refusal('household.closed', { number: closed.number });
    for (const row of rows) found.add(row.id);
  }
  if (found.size !== householdIds.length) throw new Refusal('household.not_found');
}

async function refuseWaiting(tx: Tx, villageId: string, number: number): Promise<void> {
  const { proposals } = tx.t;
  const waiting = await tx.db
    .select({ id: proposals.id })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inArray(proposals.state, statesThat('isWaiting')),
        eq(proposals.reversesNumber, number),
      ),
    )
    .limit(1);
  if (waiting.length > 0) throw new Refusal('proposal.reversal_waiting', { number });
}

/** Refuses a deed of the future, and one so old that nobody can judge it any more. */
export function refuseFarDay(day: string, today: string): void {
  const earliest = new Date(Date.parse(today) - BACKDATED_DAYS_MOST * 86_400_000).toISOString().slice(0, 10);
  if (day > today || day < earliest) throw new Refusal('proposal.future_day', { day });
}

import { entry as findEntry, type EntryInput, type PostOutcome } from '../ledger/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { DEDUCTED, ISSUED } from './ledger-kinds.ts';
import { applyChange } from './apply-change.ts';
import { approvedOpenings } from './opening.ts';
import type { DecideWork, ProposalKindDef, ProposalWithRule } from './proposal-kind.ts';

const deeds: ProposalKindDef = {
  names: ['award', 'deduction'],
  entries: (work, rows) => rows.map((row) => deedEntry(work, row)),
};

const openings: ProposalKindDef = {
  names: ['opening'],
  entries: (work, rows) => approvedOpenings(work.tx, work, rows),
};

const reversals: ProposalKindDef = { names: ['reversal'], approve: postReversal };

const householdChanges: ProposalKindDef = {
  names: ['split', 'merge', 'departure'],
  approve(work, row) {
    const { change } = row;
    if (change === null || change.kind === 'reversal' || change.kind === 'erasure')
      throw new Error(`proposal ${row.id} does not say what becomes of its household`);
    return applyChange(work, { ...row, change });
  },
};

/** A change that closes an account comes last, after the entries that still go into it. */
export const ownKinds: readonly ProposalKindDef[] = [deeds, openings, reversals, householdChanges];

function deedEntry({ villageId, actorId, settings }: DecideWork, row: ProposalWithRule): EntryInput {
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

async function postReversal(work: DecideWork, row: ProposalWithRule): Promise<PostOutcome> {
  const { tx, ledger, villageId, actorId, settings } = work;
  const number = row.reversesNumber ?? 0;
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

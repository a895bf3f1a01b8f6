import { budgetAccounts, budgetNow, fillOf, takenFrom } from '../budget/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { type AccountRef, accountsToReverse, type EntryInput } from '../ledger/index.ts';
import { approvedFacts, DEDUCTED, ISSUED, proposedFacts, RULE_FACT } from './ledger-kinds.ts';
import { applyChange } from './apply-change.ts';
import { deedAdded, deedOfEntry, deedTakenBack, summedDeed } from './deed-months.ts';
import { openingEntries } from './opening.ts';
import { type DecisionAt, entriesOfKind, type ProposalKindDef } from './proposal-kind.ts';
import type { KnownProposal } from './proposal-reads.ts';
import { noteOfDeed } from './note-of-deed.ts';

const deeds: ProposalKindDef = {
  names: ['award', 'deduction'],
  entries: entriesOfKind({
    accounts: (proposals, at) => [
      ...[ISSUED, DEDUCTED],
      ...budgetAccounts(at),
      ...proposals.map(({ row }) => householdAccount(row.householdId)),
    ],
    reads: (_, at) => ({ budget: budgetNow(at) }),
    draft({ budget }, proposals, at) {
      const awards = proposals.filter(isAward);
      const sources = takenFrom(
        budget,
        awards.map(({ row, head }) => ({ head, points: row.points })),
      );
      const sourceOf = new Map(awards.map(({ row }, index) => [row.id, sources[index]] as const));
      return {
        first: awards.length > 0 ? fillOf(at, budget) : [],
        entries: proposals.map((proposal) => {
          const source = sourceOf.get(proposal.row.id) ?? DEDUCTED;
          return 'code' in source ? source : deedEntry(at, proposal, source);
        }),
        rows: proposals.flatMap(({ row }) => {
          const deed = summedDeed(row);
          return deed ? deedAdded(at.villageId, deed) : [];
        }),
      };
    },
  }),
};

function isAward({ row: { points } }: KnownProposal): boolean {
  return points > 0;
}

const openings: ProposalKindDef = { names: ['opening'], entries: openingEntries };

const reversals: ProposalKindDef = {
  names: ['reversal'],
  entries: entriesOfKind({
    accounts: (proposals, { ledger }) =>
      proposals.flatMap(({ reversed }) => accountsToReverse(ledger.kinds, reversed?.lines ?? [])),
    reads: (proposals) => ({
      deedOf: deedOfEntry.each(proposals.map(({ row }) => [row.reversesNumber ?? 0])),
    }),
    draft: ({ deedOf }, proposals, at) => ({
      entries: proposals.map(({ row, reversed }) =>
        at.ledger.draftReversal(reversed, {
          ...common(at, row),
          number: row.reversesNumber ?? 0,
          text: { title: reversed?.title ?? '', note: row.note },
          ...mayPassFloor(at),
        }),
      ),
      rows: proposals.flatMap(({ row: { effectiveOn, reversesNumber } }) => {
        const deed = deedOf(reversesNumber ?? 0);
        return deed ? deedTakenBack(at.villageId, deed, effectiveOn) : [];
      }),
    }),
  }),
};

const householdChanges: ProposalKindDef = {
  names: ['split', 'merge', 'departure'],
  approve(work, { row }) {
    const { change } = row;
    if (change === null || change.kind === 'reversal' || change.kind === 'erasure')
      throw new Error(`proposal ${row.id} does not say what becomes of its household`);
    return applyChange(work, { ...row, change });
  },
};

/** A change that closes an account comes last, after the entries that still go into it. */
export const ownKinds: readonly ProposalKindDef[] = [deeds, openings, reversals, householdChanges];

/** The entry of a deed, whose points come from this account, or go to it. */
function deedEntry(at: DecisionAt, deed: KnownProposal, farSide: AccountRef): EntryInput {
  const { row, title, code } = deed;
  const { points, householdId, ruleVersion } = row;
  return {
    ...common(at, row),
    facts: [
      ...proposedFacts(row),
      ...approvedFacts(row),
      { name: RULE_FACT, value: `${code} ${String(ruleVersion)}` },
    ],
    kind: isAward(deed) ? 'award' : 'deduction',
    text: { title, note: noteOfDeed(row) },
    lines: [
      { account: farSide, amount: -points },
      { account: householdAccount(householdId), amount: points },
    ],
    ...(isAward(deed) ? {} : mayPassFloor(at)),
  };
}

function common({ villageId, actorId }: DecisionAt, row: KnownProposal['row']) {
  const { id, effectiveOn } = row;
  const entry = { villageId, effectiveOn, idempotencyKey: `proposal.${id}`, actorId };
  return { ...entry, source: `proposal:${id}`, facts: proposedFacts(row) };
}

function mayPassFloor({ settings }: DecisionAt): { mayPassFloor?: true } {
  return settings.deductionsMayGoBelowZero ? { mayPassFloor: true } : {};
}

import { budgetAccounts, budgetNow, fillOf, takenFrom } from '../budget/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { actEntry } from '../acts/index.ts';
import {
  type AccountRef,
  accountsToReverse,
  balanceIn,
  type Book,
  type EntryInput,
} from '../ledger/index.ts';
import { ASKED_FACT, approvedFacts, DEDUCTED, ISSUED, proposedFacts, RULE_FACT } from './ledger-kinds.ts';
import { applyChange } from './apply-change.ts';
import { movedBy } from './create.ts';
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
    draft({ budget }, proposals, at, states) {
      const awards = proposals.filter(isAward);
      const sources = takenFrom(
        budget,
        awards.map(({ row, head }) => ({ head, points: row.points })),
      );
      const sourceOf = new Map(awards.map(({ row }, index) => [row.id, sources[index]] as const));
      const moved = pointsMoved(proposals, at, states);
      return {
        first: awards.length > 0 ? fillOf(at, budget) : [],
        entries: proposals.map((proposal) => {
          const source = sourceOf.get(proposal.row.id) ?? DEDUCTED;
          return 'code' in source
            ? source
            : deedEntry(at, proposal, { farSide: source, points: moved.get(proposal) ?? 0 });
        }),
        rows: proposals.flatMap((proposal) => {
          const deed = summedDeed(proposal.row);
          return deed ? deedAdded(at.villageId, { ...deed, points: moved.get(proposal) ?? 0 }) : [];
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
      rows: proposals.flatMap(({ row: { effectiveOn, reversesNumber }, reversed }) => {
        const deed = deedOf(reversesNumber ?? 0);
        if (!deed || !reversed) return [];
        // A deduction may have taken less than was proposed.
        const points = movedBy(reversed, deed.householdId);
        return deedTakenBack(at.villageId, { ...deed, points }, effectiveOn);
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

/**
 * The points that each deed moves. A deduction takes what the household has left by then and no more, unless the village lets
 * it go below zero, as far as it says. Points on hold are not touched: they lie in an account of their own.
 */
function pointsMoved(
  proposals: readonly KnownProposal[],
  { settings }: DecisionAt,
  states: Book['states'],
): ReadonlyMap<KnownProposal, number> {
  const left = new Map<string, number>();
  const least = settings.deductionsMayGoBelowZero ? 0 - (settings.belowZeroMostHundredths ?? Infinity) : 0;
  return new Map(
    proposals.map((proposal) => {
      const { householdId, points } = proposal.row;
      const balance = left.get(householdId) ?? balanceIn(states, householdAccount(householdId));
      const moved = points > 0 ? points : 0 - Math.min(-points, Math.max(0, balance - least));
      left.set(householdId, balance + moved);
      return [proposal, moved];
    }),
  );
}

/** The entry of a deed, whose points come from the account on the far side, or go to it. */
function deedEntry(
  at: DecisionAt,
  deed: KnownProposal,
  { farSide, points }: { readonly farSide: AccountRef; readonly points: number },
): EntryInput {
  const { row, title, code } = deed;
  const { householdId, ruleVersion } = row;
  const facts = [
    ...proposedFacts(row),
    ...approvedFacts(row),
    { name: RULE_FACT, value: `${code} ${String(ruleVersion)}` },
    ...(points === row.points ? [] : [{ name: ASKED_FACT, value: String(row.points) }]),
  ];
  if (points === 0) return nothingTaken(at, row, facts);
  return {
    ...{ ...common(at, row), facts },
    kind: isAward(deed) ? 'award' : 'deduction',
    text: { title, note: noteOfDeed(row) },
    lines: [
      { account: farSide, amount: -points },
      { account: householdAccount(householdId), amount: points },
    ],
    ...(isAward(deed) ? {} : mayPassFloor(at)),
  };
}

/** An entry moves something. A household that has nothing left is deducted nothing, and an act tells it. */
function nothingTaken(
  at: DecisionAt,
  row: KnownProposal['row'],
  facts: NonNullable<EntryInput['facts']>,
): EntryInput {
  const told = {
    act: 'deductions.nothing_taken',
    on: `proposal:${row.id}`,
    is: { asked: row.points },
  } as const;
  const act = actEntry({ ...at, via: 'server' }, told);
  if (!act) throw new Error('an act without fields');
  const { idempotencyKey, effectiveOn } = common(at, row);
  return { ...act, idempotencyKey, effectiveOn, facts: [...(act.facts ?? []), ...facts] };
}

function common({ villageId, actorId }: DecisionAt, row: KnownProposal['row']) {
  const { id, effectiveOn } = row;
  const entry = { villageId, effectiveOn, idempotencyKey: `proposal.${id}`, actorId };
  return { ...entry, source: `proposal:${id}`, facts: proposedFacts(row) };
}

function mayPassFloor({ settings }: DecisionAt): { mayPassFloor?: true } {
  return settings.deductionsMayGoBelowZero ? { mayPassFloor: true } : {};
}

import { Refusal } from '../../shared/errors.ts';
import { PROPOSALS_AT_ONCE_MOST, type SkippedWhy } from '../../shared/proposals/states.ts';
import type { DecideAt, DraftAt } from '../at.ts';
import { command } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import { entryByNumber, type ReversibleEntry } from '../ledger/index.ts';
import { movedBy, plainOwnerOf, proposalRow, proposalRows } from './create.ts';
import type { NameOf } from './cap-refusal.ts';
import { type PostedRow, postedOfBatch, waitingReversals } from './proposal-reads.ts';

export interface WrongBatch {
  readonly batchId: string;
  readonly reason: string;
  /** Only these proposals of the batch. */
  readonly ids?: readonly string[] | undefined;
  /** All of the batch but these. */
  readonly except?: readonly string[] | undefined;
}

interface Found {
  readonly entry: (number: number) => ReversibleEntry | undefined;
  readonly waiting: (number: number) => readonly string[];
  readonly households: NameOf;
}

/**
 * Proposes to take back a posted batch, or a part of it: one reversal for each entry, all in one batch that a second
 * person decides in one go. An entry that is reversed already, waits to be, or belongs to a closed household is left out.
 */
export const reverseBatch = command<WrongBatch, DecideAt & Pick<DraftAt, 'ledger'>>()({
  reads: ({ batchId }) => ({ posted: postedOfBatch.one([batchId]) }),
  then({ posted }, wrong) {
    const wanted = chosenOf(posted, wrong);
    return {
      entry: entryByNumber.each(wanted.map(({ number }) => [number])),
      waiting: waitingReversals.each(wanted.map(({ number }) => [number])),
      households: householdById.each(wanted.map(({ householdId }) => [householdId])),
    };
  },
  decide({ posted, ...found }, wrong, at) {
    const known = new Set(posted.map(({ id }) => id));
    const named = [...(wrong.ids ?? []), ...(wrong.except ?? [])];
    if (posted.length === 0 || named.some((id) => !known.has(id))) throw new Refusal('proposal.not_found');
    const wanted = chosenOf(posted, wrong);
    if (wanted.length > PROPOSALS_AT_ONCE_MOST)
      throw new Refusal('proposal.too_many_chosen', { count: wanted.length, limit: PROPOSALS_AT_ONCE_MOST });
    const verdicts = wanted.map((row) => ({ row, why: whyNot(row, found, at) }));
    const batchId = at.newId();
    const rows = verdicts.flatMap(({ row: { number, householdId }, why }) => {
      const entry = found.entry(number);
      if (why !== null || entry === undefined) return [];
      return {
        ...proposalRow(at, batchId),
        ...{ kind: 'reversal' as const, householdId, points: -movedBy(entry, householdId) },
        ...{ note: wrong.reason, effectiveOn: at.today, reversesNumber: number },
      };
    });
    if (rows.length === 0) throw new Refusal('proposal.nothing_to_reverse');
    return {
      rows: proposalRows(at, rows),
      answer: {
        batchId,
        ids: rows.map(({ id }) => id),
        skipped: verdicts.flatMap(({ row: { number }, why }) => (why === null ? [] : [{ number, why }])),
      },
    };
  },
});

function chosenOf(posted: readonly PostedRow[], { ids, except }: WrongBatch): readonly PostedRow[] {
  const only = ids && new Set(ids);
  const not = new Set(except);
  return posted.filter(({ id }) => (only ? only.has(id) : !not.has(id)));
}

function whyNot(
  { number, householdId }: PostedRow,
  { entry: find, waiting, households }: Found,
  { ledger }: Pick<DraftAt, 'ledger'>,
): SkippedWhy | null {
  const entry = find(number);
  if (entry === undefined || plainOwnerOf(entry, ledger) !== householdId) return 'not_reversible';
  if (entry.reversedBy !== null) return 'reversed';
  if (waiting(number).length > 0) return 'waiting';
  return households(householdId)?.state === 'active' ? null : 'closed';
}

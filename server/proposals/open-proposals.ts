import { and, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  type HouseholdChange,
  otherHouseholdOf,
  type ProposalState,
  statesThat,
} from '../../shared/proposals/states.ts';
import { read } from '../commands/index.ts';

export interface WaitingProposal {
  readonly id: string;
  readonly householdId: string;
  readonly change: HouseholdChange | null;
}

/**
 * The condition that a proposal is in one of these open states. It repeats the condition of the index of open proposals,
 * which is found by its words alone.
 */
export function inOpenState(
  { state }: Pick<Tables['proposals'], 'state'>,
  states: readonly ProposalState[],
): SQL {
  return sql`(${inArray(state, [...states])} and ${state} not in ('posted', 'withdrawn'))`;
}

/** Proposals whose entry is still to come for a household, and all about what becomes of some household. */
export const waitingAround = read<readonly [householdId: string], readonly WaitingProposal[]>()({
  name: 'proposals.waitingAround',
  over: { proposals: 'stale' },
  rows: ({ db, t: { proposals }, keys }) =>
    db
      .select({
        at: keys.at,
        id: proposals.id,
        householdId: proposals.householdId,
        change: proposals.change,
      })
      .from(keys.table)
      .crossJoin(proposals)
      .where(
        and(
          eq(proposals.villageId, keys.villageId),
          inOpenState(proposals, statesThat('keepsAccount')),
          or(eq(proposals.householdId, keys.part(0)), isNotNull(proposals.change)),
        ),
      ),
  answer: (rows) => rows,
});

/** Refuses while something else that touches the household waits to be decided. */
export function refuseWaiting(
  { id, number }: { readonly id: string; readonly number: string },
  waiting: readonly WaitingProposal[],
): void {
  const count = waiting.filter((proposal) => touchedBy(proposal).includes(id)).length;
  if (count > 0) throw new Refusal('household.waiting', { number, count });
}

/** Every household that a proposal touches. A decider may not be kin of any. */
export function touchedBy(proposal: Omit<WaitingProposal, 'id'>): string[] {
  const other = otherHouseholdOf(proposal.change);
  return other === null ? [proposal.householdId] : [proposal.householdId, other];
}

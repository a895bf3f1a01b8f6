import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { type HouseholdChange, otherHouseholdOf, statesThat } from '../../shared/proposals/states.ts';

export interface WaitingProposal {
  readonly id: string;
  readonly householdId: string;
  readonly change: HouseholdChange | null;
}

/** Waiting proposals for one of these households, and all about what becomes of some household. */
export async function readWaiting(
  reader: Reader,
  villageId: string,
  householdIds: readonly string[],
): Promise<WaitingProposal[]> {
  const { proposals } = reader.t;
  return reader.db
    .select({ id: proposals.id, householdId: proposals.householdId, change: proposals.change })
    .from(proposals)
    .where(
      and(
        eq(proposals.villageId, villageId),
        inArray(proposals.state, statesThat('isWaiting')),
        or(inArray(proposals.householdId, [...householdIds]), isNotNull(proposals.change)),
      ),
    );
}

/** Whether a proposal touches this household, as the one it is for or as the other one. */
export function touches(proposal: Omit<WaitingProposal, 'id'>, householdId: string): boolean {
  return proposal.householdId === householdId || otherHouseholdOf(proposal.change) === householdId;
}

/** Every household that a proposal touches. A decider may not be kin of any. */
export function touchedBy(proposal: Omit<WaitingProposal, 'id'>): string[] {
  const other = otherHouseholdOf(proposal.change);
  return other === null ? [proposal.householdId] : [proposal.householdId, other];
}

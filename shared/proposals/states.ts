/** States and transitions of a proposal, as data. Notice and objection will be states between `proposed` and `posted`. */

/** The changes of a household that can be proposed. */
export const HOUSEHOLD_CHANGES = ['split', 'merge', 'departure'] as const;
export type HouseholdChangeKind = (typeof HOUSEHOLD_CHANGES)[number];

/** A proposed change of a household. When a second person approves it, a ledger entry moves its points. */
export type HouseholdChange =
  | {
      readonly kind: 'split';
      /** The new household, made on approval. */
      readonly fresh: {
        readonly id: string;
        readonly number: string;
        readonly group: string;
        readonly head: string;
        readonly size: number | null;
        readonly phone: string | null;
      };
      /** The points that it takes along; hundredths. */
      readonly pointsHundredths: number;
    }
  | { readonly kind: 'merge'; readonly intoId: string }
  /** Without `toId` the points end with the account. */
  | { readonly kind: 'departure'; readonly toId: string | null }
  /** The other household, when an entry between two households is reversed. */
  | { readonly kind: 'reversal'; readonly otherId: string }
  /** Erases the personal data of a closed account for good. No points move. */
  | { readonly kind: 'erasure' };

/** The household a change touches beside the one it is proposed for; null when there is none yet, or none at all. */
export function otherHouseholdOf(change: HouseholdChange | null): string | null {
  if (change === null || change.kind === 'split' || change.kind === 'erasure') return null;
  if (change.kind === 'merge') return change.intoId;
  return change.kind === 'departure' ? change.toId : change.otherId;
}

export const PROPOSAL_STATES = ['proposed', 'returned', 'withdrawn', 'posted'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Whether a deed in this state counts under the cap of its rule (docs/caps.md). */
export const COUNTS_UNDER_CAP: Readonly<Record<ProposalState, boolean>> = {
  proposed: true,
  returned: false,
  withdrawn: false,
  posted: true,
};

/** At most this many households are asked about in one request, because they stand in its address. */
export const STANDING_MOST = 100;

/** A command makes, corrects or decides at most so many proposals: everybody else waits while it is done. */
export const PROPOSALS_AT_ONCE_MOST = 1200;

export const PROPOSAL_ACTIONS = ['approve', 'return', 'withdraw', 'resubmit'] as const;
export type ProposalAction = (typeof PROPOSAL_ACTIONS)[number];

interface Transition {
  readonly from: ProposalState;
  readonly to: ProposalState;
  /**
   * The person who may do it: the proposer alone, or anybody entitled to decide who is neither the proposer nor kin.
   */
  readonly by: 'proposer' | 'decider';
  readonly needsReason: boolean;
}

export const PROPOSAL_TRANSITIONS: Readonly<Record<ProposalAction, Transition>> = {
  approve: { from: 'proposed', to: 'posted', by: 'decider', needsReason: false },
  return: { from: 'proposed', to: 'returned', by: 'decider', needsReason: true },
  withdraw: { from: 'proposed', to: 'withdrawn', by: 'proposer', needsReason: false },
  resubmit: { from: 'returned', to: 'proposed', by: 'proposer', needsReason: false },
};

/** The states that no action leads out of. */
export function finalStates(): ProposalState[] {
  const left = new Set(Object.values(PROPOSAL_TRANSITIONS).map((transition) => transition.from));
  return PROPOSAL_STATES.filter((state) => !left.has(state));
}

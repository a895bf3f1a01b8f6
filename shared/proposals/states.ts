/** States and transitions of a proposal, as data. */

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

export const PROPOSAL_STATES = [
  'proposed',
  'returned',
  'laid_aside',
  'withdrawn',
  /**
   * Approved. Its points move when a notice that tells of it has hung for the days that the village set. A deduction is on no
   * notice: its household was told, or is to be told, and has days to answer (docs/deductions.md).
   */
  'on_notice',
  /** On notice, and somebody objects: it is not posted before every objection to it is answered (docs/objections.md). */
  'contested',
  'posted',
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

interface StateFacts {
  /** It is still open, and somebody else has to act on it. */
  readonly isWaiting: boolean;
  /** Its points have moved. */
  readonly isPosted: boolean;
  /** A deed in it counts under the cap of its rule (docs/caps.md). */
  readonly countsUnderCap: boolean;
  /**
   * A deed in it keeps its photos in use. A withdrawn deed still shows its photos, but they count as unused, so that
   * nobody can fill the disk with deeds that are proposed and withdrawn.
   */
  readonly keepsPhotos: boolean;
  /** A proposal in it keeps the account of its household open: its entry is still to come. */
  readonly keepsAccount: boolean;
}

const NO_FACTS: StateFacts = {
  isWaiting: false,
  isPosted: false,
  countsUnderCap: false,
  keepsPhotos: false,
  keepsAccount: false,
};

/** Everything that the program asks about a state. A new state answers all of it here. */
export const STATE_FACTS: Readonly<Record<ProposalState, StateFacts>> = {
  proposed: { ...NO_FACTS, isWaiting: true, countsUnderCap: true, keepsPhotos: true, keepsAccount: true },
  returned: { ...NO_FACTS, keepsPhotos: true },
  laid_aside: { ...NO_FACTS, keepsPhotos: true },
  withdrawn: NO_FACTS,
  on_notice: { ...NO_FACTS, countsUnderCap: true, keepsPhotos: true, keepsAccount: true },
  contested: { ...NO_FACTS, countsUnderCap: true, keepsPhotos: true, keepsAccount: true },
  posted: { ...NO_FACTS, isPosted: true, countsUnderCap: true, keepsPhotos: true },
};

export function statesThat(fact: keyof StateFacts): ProposalState[] {
  return PROPOSAL_STATES.filter((state) => STATE_FACTS[state][fact]);
}

/** At most this many households are asked about in one request, because they stand in its address. */
export const STANDING_MOST = 100;

/** A command makes, corrects or decides at most so many proposals: everybody else waits while it is done. */
export const PROPOSALS_AT_ONCE_MOST = 1200;

export const PROPOSAL_ACTIONS = [
  'approve',
  'return',
  'withdraw',
  'resubmit',
  'lay_aside',
  'take_up',
  'recall',
] as const;
/** The actions that a person asks for. */
export type ProposalAction = (typeof PROPOSAL_ACTIONS)[number];
/**
 * The steps that are taken: in a village that has notices an approval puts an award on notice, and the clock posts it, unless
 * somebody objects; the answers to objections then let it go on or send it back.
 */
export type ProposalStep = ProposalAction | 'announce' | 'post' | 'contest' | 'dismiss' | 'uphold';

export interface Transition {
  readonly from: ProposalState;
  readonly to: ProposalState;
  /**
   * The proposer alone; or anybody entitled to decide who is neither the proposer nor kin; or nobody but the server, when
   * the time has come. The last two are taken by no decision: with an objection that comes, and with the last one that
   * ends without a correction; by whoever answers that an objection is right.
   */
  readonly by: 'proposer' | 'decider' | 'clock' | 'objection' | 'answerer';
  readonly needsReason: boolean;
}

export const PROPOSAL_TRANSITIONS: Readonly<Record<ProposalStep, Transition>> = {
  approve: { from: 'proposed', to: 'posted', by: 'decider', needsReason: false },
  return: { from: 'proposed', to: 'returned', by: 'decider', needsReason: true },
  withdraw: { from: 'proposed', to: 'withdrawn', by: 'proposer', needsReason: false },
  resubmit: { from: 'returned', to: 'proposed', by: 'proposer', needsReason: false },
  /** Nobody means to send it again. It leaves the lists of what is to be done, and can be found and taken up. */
  lay_aside: { from: 'returned', to: 'laid_aside', by: 'proposer', needsReason: false },
  take_up: { from: 'laid_aside', to: 'returned', by: 'proposer', needsReason: false },
  announce: { from: 'proposed', to: 'on_notice', by: 'decider', needsReason: false },
  /** Something is wrong with it: it goes back to its proposer, and comes on another notice if it is approved again. */
  recall: { from: 'on_notice', to: 'returned', by: 'decider', needsReason: true },
  post: { from: 'on_notice', to: 'posted', by: 'clock', needsReason: false },
  contest: { from: 'on_notice', to: 'contested', by: 'objection', needsReason: false },
  dismiss: { from: 'contested', to: 'on_notice', by: 'objection', needsReason: false },
  uphold: { from: 'contested', to: 'returned', by: 'answerer', needsReason: true },
};

/**
 * The step that this answer to a proposal is. `noticeDays` is the village's setting. A deduction is always told to its
 * household first.
 */
export function stepFor(
  action: ProposalAction | 'post',
  { kind }: { readonly kind: string },
  { noticeDays }: { readonly noticeDays: number | null },
): ProposalStep {
  const isAnnounced = kind === 'deduction' || (kind === 'award' && noticeDays !== null);
  return action === 'approve' && isAnnounced ? 'announce' : action;
}

/** The states that some action leads out of. A proposal in any other has come to its end. */
export const OPEN_STATES: readonly ProposalState[] = PROPOSAL_STATES.filter((state) =>
  Object.values(PROPOSAL_TRANSITIONS).some(({ from }) => from === state),
);

/** Why an entry of a batch is not proposed to be reversed with the others. */
export const SKIPPED_WHY = ['reversed', 'waiting', 'closed', 'not_reversible'] as const;
export type SkippedWhy = (typeof SKIPPED_WHY)[number];

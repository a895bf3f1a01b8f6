import { Refusal } from '../../shared/errors.ts';
import { markContent } from '../../shared/proposals/mark-content.ts';
import {
  PROPOSAL_TRANSITIONS,
  PROPOSALS_AT_ONCE_MOST,
  type ProposalStep,
} from '../../shared/proposals/states.ts';
import type { Known } from '../commands/index.ts';
import { type Doer, isKin, refuseWrongHands } from './may-decide.ts';
import { batchExists, type KnownProposal, openOfBatch, proposalById } from './proposal-reads.ts';
import { batchMark } from './seen-batch.ts';
import { markOf } from './seen-version.ts';

/** A batch that somebody saw, and the rows that they leave out. */
export interface BatchChoice {
  readonly batchId: string;
  /** The mark they saw; see batchMark. */
  readonly mark: string;
  readonly except: readonly string[];
}

export interface Chosen {
  readonly ids?: readonly string[] | undefined;
  readonly batches?: readonly BatchChoice[] | undefined;
}

/** Asks for everything that may be among the chosen ones. */
export function askForChosen({ ids = [], batches = [] }: Chosen) {
  return {
    proposals: proposalById.each(ids.map((id) => [id])),
    open: openOfBatch.each(batches.map(({ batchId }) => [batchId])),
    exists: batchExists.each(batches.map(({ batchId }) => [batchId])),
  };
}

export type Candidates = Known<ReturnType<typeof askForChosen>>;

/** All that may be among the chosen ones, each once. */
export function candidates(known: Candidates, { ids = [], batches = [] }: Chosen): KnownProposal[] {
  const all = [
    ...ids.flatMap((id) => known.proposals(id) ?? []),
    ...batches.flatMap(({ batchId }) => known.open(batchId)),
  ];
  return Array.from(new Map(all.map((one) => [one.row.id, one])).values());
}

/**
 * The candidates that could be chosen: what else the decision needs is asked for these alone. None if they are too many,
 * because then the decision refuses.
 */
export function choosable(
  known: Candidates,
  doer: Pick<Doer, 'householdIds'>,
  action: ProposalStep,
  chosen: Chosen,
): KnownProposal[] {
  const { from, by } = PROPOSAL_TRANSITIONS[action];
  const named = new Set(chosen.ids);
  const left = new Set(chosen.batches?.flatMap(({ except }) => except));
  const all = candidates(known, chosen).filter(({ row }) => {
    if (named.has(row.id)) return true;
    return row.state === from && !left.has(row.id) && !(by === 'decider' && isKin(doer, row));
  });
  return all.length > PROPOSALS_AT_ONCE_MOST ? [] : all;
}

/**
 * Answers the proposals that an action is asked for, each once, in the order they were proposed. A batch stands for its
 * rows in the state where the action begins, without the rows that the caller left out and, if the action is a decision,
 * without those of the caller's family. A batch that changed after the caller saw it is refused. `points` is what
 * pointsNow answers for the candidates.
 */
export function chosenProposals(
  known: Candidates,
  points: ReadonlyMap<string, number>,
  doer: Doer,
  action: ProposalStep,
  { ids = [], batches = [] }: Chosen,
): KnownProposal[] {
  const wanted = new Set(ids);
  for (const [batchId, named] of Map.groupBy(batches, (choice) => choice.batchId))
    for (const id of rowsOfBatch({ known, points, doer, action }, batchId, named)) wanted.add(id);
  if (wanted.size === 0) throw new Refusal('proposal.none_chosen');
  if (wanted.size > PROPOSALS_AT_ONCE_MOST)
    throw new Refusal('proposal.too_many_chosen', { count: wanted.size, limit: PROPOSALS_AT_ONCE_MOST });
  const found = new Map(candidates(known, { ids, batches }).map((one) => [one.row.id, one]));
  return Array.from(wanted)
    .sort()
    .map((id) => {
      const one = found.get(id);
      if (!one) throw new Refusal('proposal.not_found');
      return one;
    });
}

interface Choosing {
  readonly known: Candidates;
  readonly points: ReadonlyMap<string, number>;
  readonly doer: Doer;
  readonly action: ProposalStep;
}

function rowsOfBatch(
  { known, points, doer, action }: Choosing,
  batchId: string,
  named: readonly BatchChoice[],
): string[] {
  const open = known.open(batchId);
  const standing = open.filter(({ row }) => row.state === PROPOSAL_TRANSITIONS[action].from);
  if (standing.length === 0)
    throw new Refusal(known.exists(batchId) ? 'proposal.state' : 'proposal.not_found');
  const movable = movableBy(doer, action, standing);
  const marks = new Map(open.map((one) => [one.row.id, markNow(one, points)]));
  const mark = batchMark(
    doer,
    open.map(({ row }) => row),
    marks,
  );
  if (named.some((choice) => markContent(choice.mark) !== mark)) throw new Refusal('proposal.changed');
  const except = new Set(named.flatMap((choice) => choice.except));
  const ids = new Set(standing.map(({ row }) => row.id));
  if (Array.from(except).some((id) => !ids.has(id))) throw new Refusal('proposal.not_found');
  return movable.flatMap(({ row }) => (except.has(row.id) ? [] : [row.id]));
}

/** The mark of a proposal as it is now; see markOf. */
export function markNow({ row, lastStep }: KnownProposal, points: ReadonlyMap<string, number>): string {
  return markOf(row, points.get(row.id) ?? row.points, lastStep);
}

/** Answers the rows that this caller may move. If there are none, the refusal names the reason of the first row. */
function movableBy(
  doer: Doer,
  action: ProposalStep,
  standing: readonly KnownProposal[],
): readonly KnownProposal[] {
  const isDecision = PROPOSAL_TRANSITIONS[action].by === 'decider';
  const movable = isDecision ? standing.filter(({ row }) => !isKin(doer, row)) : standing;
  const [first = standing[0]] = movable;
  if (first) refuseWrongHands(doer, PROPOSAL_TRANSITIONS[action], first.row);
  return movable;
}

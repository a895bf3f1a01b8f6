import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  PROPOSAL_TRANSITIONS,
  type ProposalAction,
  PROPOSALS_AT_ONCE_MOST,
} from '../../shared/proposals/states.ts';
import type { Actor } from '../http/index.ts';
import { batchMarks, type OpenRow, openRowsOf } from './seen-batch.ts';
import { isKin, refuseWrongHands } from './may-decide.ts';
import { pointsNow } from './seen-version.ts';

/** A batch that somebody saw, and the rows that they leave out. */
export interface BatchChoice {
  readonly batchId: string;
  /** The mark they saw; see batchMarks. */
  readonly mark: string;
  readonly except: readonly string[];
}

export interface Chosen {
  readonly ids?: readonly string[] | undefined;
  readonly batches?: readonly BatchChoice[] | undefined;
}

interface Chooser {
  readonly reader: Reader;
  readonly villageId: string;
  /** The caller, with the households declared now. */
  readonly actor: Actor;
}

/**
 * Answers the proposals that an action is asked for, each once, in the order they were proposed. A batch stands for its
 * rows in the state where the action begins, without the rows that the caller left out and, if the action is a decision,
 * without those of the caller's family. A batch that changed after the caller saw it is refused.
 */
export async function chosenIds(
  chooser: Chooser,
  action: ProposalAction,
  { ids = [], batches = [] }: Chosen,
): Promise<string[]> {
  const wanted = new Set(ids);
  const choices = Map.groupBy(batches, ({ batchId }) => batchId);
  const { reader, villageId, actor } = chooser;
  const open = await openRowsOf(reader, villageId, Array.from(choices.keys()));
  const points = await pointsNow(reader, villageId, Array.from(open.values()).flat());
  const marks = await batchMarks(reader, villageId, actor, open, points);
  for (const [batchId, named] of choices) {
    const rows = open.get(batchId) ?? [];
    const standing = rows.filter(({ state }) => state === PROPOSAL_TRANSITIONS[action].from);
    if (standing.length === 0) await refuseGone(chooser, batchId);
    const movable = movableBy(actor, action, standing);
    if (named.some(({ mark }) => mark !== marks.get(batchId))) throw new Refusal('proposal.changed');
    const except = new Set(named.flatMap((choice) => choice.except));
    const known = new Set(standing.map(({ id }) => id));
    if (Array.from(except).some((id) => !known.has(id))) throw new Refusal('proposal.not_found');
    for (const { id } of movable) if (!except.has(id)) wanted.add(id);
  }
  if (wanted.size === 0) throw new Refusal('proposal.none_chosen');
  if (wanted.size > PROPOSALS_AT_ONCE_MOST)
    throw new Refusal('proposal.too_many_chosen', { count: wanted.size, limit: PROPOSALS_AT_ONCE_MOST });
  return Array.from(wanted).sort();
}

async function refuseGone({ reader, villageId }: Chooser, batchId: string): Promise<never> {
  const { proposals } = reader.t;
  const known = await reader.db
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.villageId, villageId), eq(proposals.batchId, batchId)))
    .limit(1);
  throw new Refusal(known.length === 0 ? 'proposal.not_found' : 'proposal.state');
}

/** Answers the rows that this caller may move. If there are none, the refusal names the reason of the first row. */
function movableBy(actor: Actor, action: ProposalAction, standing: readonly OpenRow[]): readonly OpenRow[] {
  const isDecision = PROPOSAL_TRANSITIONS[action].by === 'decider';
  const movable = isDecision ? standing.filter((row) => !isKin(actor, row)) : standing;
  const [first = standing[0]] = movable;
  if (first) refuseWrongHands(actor, action, first);
  return movable;
}

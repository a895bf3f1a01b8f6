import type { ProposalState } from '../../../shared/proposals/states.ts';
import type { AnswerOf, Api, Outcome } from '../../api/index.ts';
import type { Batch } from './batch-choice.ts';

export interface WithBatch {
  readonly proposal: AnswerOf<'proposals.get'>;
  /** The rows that were sent together, in the state asked for; null if there are none. */
  readonly batch: Batch | null;
}

/** Reads a proposal and its batch: all rows of it, or those in one state. */
export async function readWithBatch(
  api: Api,
  id: string,
  { state, signal }: { state?: ProposalState; signal: AbortSignal },
): Promise<Outcome<WithBatch>> {
  const one = await api.call('proposals.get', { params: { id }, signal });
  if (one.kind !== 'answer') return one;
  const { batchId } = one.data;
  const together = await api.call('proposals.batches', { query: { batchId, state }, signal });
  if (together.kind !== 'answer') return together;
  const [batch = null] = together.data.items;
  return { kind: 'answer', data: { proposal: one.data, batch }, filename: null };
}

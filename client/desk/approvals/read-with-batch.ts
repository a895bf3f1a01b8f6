import type { ProposalState } from '../../../shared/proposals/states.ts';
import type { AnswerOf, Api, Outcome } from '../../api/index.ts';
import type { BatchConcerns } from './concern-words.ts';
import { STATE_OF, type View } from './pile.ts';
import type { Batch } from './batch-choice.ts';

export interface OpenBatch {
  /** The rows that the view is about, else all rows; null if there are none. */
  readonly batch: Batch | null;
  /** The state of all its rows, if the view is about one. */
  readonly state: ProposalState | undefined;
  /** It has rows, though none that the view is about. */
  readonly wasThere: boolean;
  /** The rows of it that want a look; null if none does. */
  readonly concerns: BatchConcerns | null;
}

/** Reads a batch as a view shows it, and what of it wants a look before it is approved. */
export async function readBatch(
  api: Api,
  batchId: string,
  { view, signal }: { view: View; signal: AbortSignal },
): Promise<Outcome<OpenBatch>> {
  const state = STATE_OF[view];
  const seen = await api.call('proposals.batches', { query: { batchId, state }, signal });
  if (seen.kind !== 'answer') return seen;
  const [batch = null] = seen.data.items;
  const answer = (data: OpenBatch) => ({ kind: 'answer' as const, data, filename: null });
  if (batch === null) {
    const all = await api.call('proposals.batches', { query: { batchId, limit: 1 }, signal });
    if (all.kind !== 'answer') return all;
    return answer({ batch: null, state, wasThere: all.data.items.length > 0, concerns: null });
  }
  if (state !== 'proposed') return answer({ batch, state, wasThere: true, concerns: null });
  const looks = await api.call('proposals.concerns', { query: { batchIds: batchId }, signal });
  if (looks.kind !== 'answer') return looks;
  return answer({ batch, state, wasThere: true, concerns: looks.data.items[0] ?? null });
}

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

import type { Reader } from '../../db/index.ts';
import { type FactInput, factValues } from '../ledger/index.ts';
import type { Chosen } from './chosen-proposals.ts';
import { SEEN_FACT } from './ledger-kinds.ts';
import type { DecisionAt } from './proposal-kind.ts';
import type { KnownProposal } from './proposal-reads.ts';

/** The facts that say when the decider was first shown a proposal. */
export type SeenFacts = (proposal: KnownProposal | undefined) => FactInput[];

/** Reads from the marks of a decision when each proposal was shown. A caller who was shown nothing has read for no time. */
export function seenIn(
  { ids = [], marks = [], batches = [] }: Chosen & { readonly marks?: readonly string[] | undefined },
  { nowMs, handedOutAt }: Pick<DecisionAt, 'nowMs' | 'handedOutAt'>,
): SeenFacts {
  if (!handedOutAt) return () => [];
  const byId = new Map(ids.map((id, place) => [id, handedOutAt({ id, mark: marks[place] ?? '' })]));
  const byBatch = new Map(batches.map(({ batchId: id, mark }) => [id, handedOutAt({ id, mark })]));
  return (proposal) => {
    if (!proposal) return [];
    const { id, batchId } = proposal.row;
    const seenAtMs = byId.get(id) ?? byBatch.get(batchId) ?? nowMs;
    return [{ name: SEEN_FACT, value: String(seenAtMs) }];
  };
}

/** Reads when whoever approved these entries was first shown what they approved, by number of entry. */
export async function seenTimes(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, number>> {
  const values = await factValues(reader, villageId, SEEN_FACT, numbers);
  return new Map(Array.from(values, ([number, value]) => [number, Number(value)]));
}

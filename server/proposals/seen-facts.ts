import type { Reader } from '../../db/index.ts';
import { factValues } from '../ledger/index.ts';
import type { Chosen } from './chosen-proposals.ts';
import { SEEN_FACT } from './ledger-kinds.ts';
import type { DecisionAt } from './proposal-kind.ts';
import type { KnownProposal } from './proposal-reads.ts';

/** When the decider was first shown a proposal; null where nobody is shown anything. */
export type SeenAt = (proposal: KnownProposal) => number | null;

/** Reads from the marks of a decision when each proposal was shown. A caller who was shown nothing has read for no time. */
export function seenIn(
  { ids = [], marks = [], batches = [] }: Chosen & { readonly marks?: readonly string[] | undefined },
  { nowMs, handedOutAt }: Pick<DecisionAt, 'nowMs' | 'handedOutAt'>,
): SeenAt {
  if (!handedOutAt) return () => null;
  const byId = new Map(ids.map((id, place) => [id, handedOutAt({ id, mark: marks[place] ?? '' })]));
  const byBatch = new Map(batches.map(({ batchId: id, mark }) => [id, handedOutAt({ id, mark })]));
  return ({ row: { id, batchId } }) => byId.get(id) ?? byBatch.get(batchId) ?? nowMs;
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

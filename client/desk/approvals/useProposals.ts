import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Proposal } from '../../../shared/contract/proposals.ts';
import type { Api, Failure, QueryOf } from '../../api/index.ts';

export interface Pile {
  readonly items: ShallowRef<readonly Proposal[]>;
  readonly failure: ShallowRef<Failure | null>;
  readonly loading: Ref<boolean>;
  readonly ready: Ref<boolean>;
  readonly hasMore: Ref<boolean>;
  readonly more: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** Proposals newest first, page by page. */
export function useProposals(api: Api, filter: () => Omit<QueryOf<'proposals.list'>, 'before'>): Pile {
  const items = shallowRef<readonly Proposal[]>([]);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(false);
  const ready = ref(false);
  const hasMore = ref(false);
  let next: string | null = null;
  let current = new AbortController();

  async function fetchPage(before: string | null): Promise<void> {
    current.abort();
    const mine = new AbortController();
    current = mine;
    loading.value = true;
    const query = { ...filter(), before: before ?? undefined };
    const outcome = await api.call('proposals.list', { query, signal: mine.signal });
    if (mine.signal.aborted) return;
    loading.value = false;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    items.value = before === null ? outcome.data.items : [...items.value, ...outcome.data.items];
    next = outcome.data.next;
    hasMore.value = next !== null;
    ready.value = true;
  }

  onScopeDispose(() => current.abort());
  void fetchPage(null);
  return {
    items,
    failure,
    loading,
    ready,
    hasMore,
    more: () => fetchPage(next),
    async reload() {
      await fetchPage(null);
    },
  };
}

/** Proposals sent together, shown together. */
export interface Batch {
  readonly id: string;
  readonly first: Proposal;
  readonly proposals: readonly Proposal[];
  readonly points: number;
}

export function inBatches(proposals: readonly Proposal[]): Batch[] {
  const batches = new Map<string, Proposal[]>();
  for (const proposal of proposals) {
    const batch = batches.get(proposal.batchId);
    if (batch) batch.push(proposal);
    else batches.set(proposal.batchId, [proposal]);
  }
  return [...batches].flatMap(([id, members]) => {
    const [first] = members;
    if (!first) return [];
    return [{ id, first, proposals: members, points: members.reduce((sum, { points }) => sum + points, 0) }];
  });
}

import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { Household } from '../../../shared/contract/households.ts';
import type { Api, Failure } from '../../api/index.ts';

export interface HouseholdSearch {
  readonly q: Ref<string>;
  readonly group: Ref<string>;
  readonly items: ShallowRef<readonly Household[]>;
  readonly total: Ref<number>;
  readonly failure: ShallowRef<Failure | null>;
  readonly loading: Ref<boolean>;
  /** False until the first answer is there. */
  readonly ready: Ref<boolean>;
  readonly hasMore: Ref<boolean>;
  readonly more: () => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Every household the search finds, not only those in view; null when one page could not be fetched. */
  readonly everyOne: () => Promise<readonly Household[] | null>;
}

const typingPauseMs = 200;
const largestPage = 200;

/** Households by number, name or initials and by group, page by page, following what is typed. */
export function useHouseholdSearch(
  api: Api,
  start: { q?: string; group?: string } = {},
  pageSize = 50,
): HouseholdSearch {
  const q = ref(start.q ?? '');
  const group = ref(start.group ?? '');
  const items = shallowRef<readonly Household[]>([]);
  const total = ref(0);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(false);
  const ready = ref(false);
  const hasMore = ref(false);
  let next: string | null = null;
  let current = new AbortController();
  let typing: ReturnType<typeof setTimeout> | undefined;

  function page(after: string | null, limit: number, signal?: AbortSignal) {
    const query = { q: q.value.trim(), group: group.value, after: after ?? undefined, limit };
    return api.call('households.list', { query, signal });
  }

  async function fetchPage(after: string | null): Promise<void> {
    current.abort();
    const mine = new AbortController();
    current = mine;
    loading.value = true;
    const outcome = await page(after, pageSize, mine.signal);
    if (mine.signal.aborted) return;
    loading.value = false;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    items.value = after === null ? outcome.data.items : [...items.value, ...outcome.data.items];
    total.value = outcome.data.total;
    next = outcome.data.next;
    hasMore.value = next !== null;
    ready.value = true;
  }

  async function everyOne(): Promise<readonly Household[] | null> {
    const all: Household[] = [];
    let after: string | null = null;
    do {
      const outcome = await page(after, largestPage);
      if (outcome.kind !== 'answer') {
        failure.value = outcome;
        return null;
      }
      all.push(...outcome.data.items);
      after = outcome.data.next;
    } while (after !== null);
    return all;
  }

  watch(q, () => {
    clearTimeout(typing);
    typing = setTimeout(() => void fetchPage(null), typingPauseMs);
  });
  watch(group, () => void fetchPage(null));
  onScopeDispose(() => {
    clearTimeout(typing);
    current.abort();
  });
  void fetchPage(null);

  return {
    q,
    group,
    items,
    total,
    failure,
    loading,
    ready,
    hasMore,
    more: () => fetchPage(next),
    reload: () => fetchPage(null),
    everyOne,
  };
}

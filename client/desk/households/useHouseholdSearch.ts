import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { Household } from '../../../shared/households/contract.ts';
import type { Api, Failure, Outcome, QueryOf } from '../../api/index.ts';

/** What narrows a search beside the words and the group, and its order. */
export type HouseholdFilters = Omit<QueryOf<'households.list'>, 'q' | 'group' | 'after' | 'limit'>;

export interface HouseholdSearch {
  q: Ref<string>;
  group: Ref<string>;
  readonly items: ShallowRef<readonly Household[]>;
  readonly filters: Ref<HouseholdFilters>;
  readonly total: Ref<number>;
  /** Sum of the balances of all that were found; hundredths. */
  readonly points: Ref<number>;
  readonly failure: ShallowRef<Failure | null>;
  readonly loading: Ref<boolean>;
  /** False until the first answer is there. */
  readonly ready: Ref<boolean>;
  readonly hasMore: Ref<boolean>;
  readonly more: () => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Waits for what is typed now to be found, without the pause for typing; false when it could not be. */
  readonly settled: () => Promise<boolean>;
  /** Every household the search finds, not only those in view; null when one page could not be fetched. */
  readonly everyOne: () => Promise<readonly Household[] | null>;
}

const typingPauseMs = 200;
const largestPage = 200;

/** Households by number, name or initials and by group, page by page, following what is typed. */
export function useHouseholdSearch(
  api: Api,
  start: { q?: string; group?: string } & HouseholdFilters = {},
  pageSize = 50,
): HouseholdSearch {
  const { q: startQ = '', group: startGroup = '', ...startFilters } = start;
  const q = ref(startQ);
  const group = ref(startGroup);
  const filters = ref<HouseholdFilters>(startFilters);
  const items = shallowRef<readonly Household[]>([]);
  const total = ref(0);
  const points = ref(0);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(false);
  const ready = ref(false);
  const hasMore = ref(false);
  let next: string | null = null;
  let current = new AbortController();
  let typing: ReturnType<typeof setTimeout> | undefined;

  const wordsNow = () => ({
    q: q.value.trim() || undefined,
    group: group.value || undefined,
    ...filters.value,
  });

  function page(words: HouseholdFilters, after: string | null, limit: number, signal?: AbortSignal) {
    const query = { ...words, after: after ?? undefined, limit };
    return api.call('households.list', { query, signal });
  }

  /** The question that the items in view answer. */
  let answered = '';
  let asked = '';
  let fetching = Promise.resolve();
  const wanted = () => JSON.stringify([q.value.trim(), group.value, filters.value]);

  function fetchPage(after: string | null): Promise<void> {
    clearTimeout(typing);
    asked = wanted();
    fetching = fetchNow(after, asked);
    return fetching;
  }

  async function fetchNow(after: string | null, question: string): Promise<void> {
    current.abort();
    const mine = new AbortController();
    current = mine;
    loading.value = true;
    const outcome = await page(wordsNow(), after, pageSize, mine.signal);
    if (mine.signal.aborted) return;
    loading.value = false;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    items.value = after === null ? outcome.data.items : [...items.value, ...outcome.data.items];
    total.value = outcome.data.total;
    points.value = outcome.data.points;
    next = outcome.data.next;
    hasMore.value = next !== null;
    ready.value = true;
    answered = question;
  }

  async function settled(): Promise<boolean> {
    if (answered !== wanted()) await (loading.value && asked === wanted() ? fetching : fetchPage(null));
    return answered === wanted();
  }

  async function everyOne(): Promise<readonly Household[] | null> {
    // All pages answer the same question, whatever is typed meanwhile.
    const words = wordsNow();
    const all = await allPages((after) => page(words, after, largestPage));
    if (all.kind === 'answer') return all.data;
    failure.value = all;
    return null;
  }

  watch(q, () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      if (asked !== wanted()) void fetchPage(null);
    }, typingPauseMs);
  });
  watch([group, filters], () => void fetchPage(null), { deep: true });
  onScopeDispose(() => {
    clearTimeout(typing);
    current.abort();
  });
  void fetchPage(null);

  return {
    ...{ q, group, filters, items, total, points, failure, loading, ready, hasMore },
    // Something else has been typed by now: that list begins at the beginning.
    more: () => fetchPage(answered === wanted() ? next : null),
    reload: () => fetchPage(null),
    settled,
    everyOne,
  };
}

type Page = Outcome<{ readonly items: readonly Household[]; readonly next: string | null }>;

async function allPages(
  page: (after: string | null) => Promise<Page>,
): Promise<Outcome<readonly Household[]>> {
  const all: Household[] = [];
  let after: string | null = null;
  do {
    const outcome = await page(after);
    if (outcome.kind !== 'answer') return outcome;
    all.push(...outcome.data.items);
    after = outcome.data.next;
  } while (after !== null);
  return { kind: 'answer', data: all, filename: null };
}

import { computed, onScopeDispose, proxyRefs, ref, watch, type ShallowUnwrapRef } from 'vue';
import type { Household } from '../../../shared/households/contract.ts';
import type { AnswerOf, Api, QueryOf } from '../../api/index.ts';
import { readEveryPage, usePages } from '../../ui/usePages.ts';

/** The filters of a search beside the words and the group, and its order. */
export type HouseholdFilters = Omit<QueryOf<'households.list'>, 'q' | 'group' | 'after' | 'limit'>;

export type HouseholdSearch = ShallowUnwrapRef<ReturnType<typeof searchOf>>;

const typingPauseMs = 200;
const largestPage = 200;

/** Households by number, name or initials and by group, page by page, following what is typed. */
export function useHouseholdSearch(
  api: Api,
  start: { q?: string; group?: string } & HouseholdFilters = {},
  pageSize = 50,
): HouseholdSearch {
  return proxyRefs(searchOf(api, start, pageSize));
}

function searchOf(api: Api, start: { q?: string; group?: string } & HouseholdFilters, pageSize: number) {
  const { q: startQ = '', group: startGroup = '', ...startFilters } = start;
  const q = ref(startQ);
  const group = ref(startGroup);
  const filters = ref<HouseholdFilters>(startFilters);
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
  const answered = ref('');
  let asked = '';
  let fetching = Promise.resolve();
  const wanted = () => JSON.stringify([q.value.trim(), group.value, filters.value]);
  const pages = usePages<AnswerOf<'households.list'>>(
    async (after, signal) => {
      const question = wanted();
      const outcome = await page(wordsNow(), after, pageSize, signal);
      if (outcome.kind === 'answer' && !signal.aborted) answered.value = question;
      return outcome;
    },
    { now: false },
  );

  function ask(): Promise<void> {
    clearTimeout(typing);
    asked = wanted();
    fetching = pages.replace();
    return fetching;
  }

  watch(q, () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      if (asked !== wanted()) void ask();
    }, typingPauseMs);
  });
  watch([group, filters], () => void ask(), { deep: true });
  onScopeDispose(() => clearTimeout(typing));
  void ask();

  // Something else has been typed by now: that list begins at the beginning.
  async function more(): Promise<boolean> {
    if (answered.value === wanted()) return pages.more();
    await ask();
    return answered.value === wanted();
  }

  return {
    ...{ q, group, filters, more },
    /** For LoadedView and NextPage. */
    pages: { ...pages, reload: ask, more },
    ...{ items: pages.items, loading: pages.loading, failure: pages.failure },
    /** The items in view answer what is looked for now, and not what was looked for before. */
    isAnswered: computed(() => answered.value === wanted()),
    ready: computed(() => pages.data.value !== null),
    total: computed(() => pages.page.value?.total ?? 0),
    /** The sum of the balances of all that were found; hundredths. */
    points: computed(() => pages.page.value?.points ?? 0),
    /** Waits for what is typed now to be found, without the pause for typing; false if it could not be. */
    async settled(): Promise<boolean> {
      if (answered.value !== wanted()) await (pages.loading.value && asked === wanted() ? fetching : ask());
      return answered.value === wanted();
    },
    /** Every household the search finds, not only those in view; null if one page could not be fetched. */
    async everyOne(): Promise<readonly Household[] | null> {
      // All pages answer the same question, whatever is typed meanwhile.
      const words = wordsNow();
      const found = await readEveryPage<AnswerOf<'households.list'>>((after) =>
        page(words, after, largestPage),
      );
      if (found.kind === 'answer') return found.data;
      pages.failure.value = found;
      return null;
    },
  };
}

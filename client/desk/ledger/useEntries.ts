import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { EntryKind } from '../../../shared/ledger/entry-kinds.ts';
import type { AnswerOf, Api, Failure } from '../../api/index.ts';
import { ENTRY_KINDS_SHOWN } from './words.ts';

export type Entry = AnswerOf<'ledger.entries'>['items'][number];

export interface EntryFilters {
  q: string;
  kind: EntryKind | '';
  from: string;
  to: string;
  household: string;
  goods: string;
  by: string;
}

const typingPauseMs = 300;

/** Entries as filtered, page by page. The address holds the filters: it can be kept, shared and come back to. */
export function useEntries(api: Api) {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '');
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text(name)) ? text(name) : '');
  const filters = reactive<EntryFilters>({
    q: text('q'),
    kind: ENTRY_KINDS_SHOWN.find((name) => name === route.query.kind) ?? '',
    from: day('from'),
    to: day('to'),
    household: text('household'),
    goods: text('goods'),
    by: text('by'),
  });
  const entries = shallowRef<readonly Entry[] | null>(null);
  const next = ref<number | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(false);
  let current = new AbortController();
  let typing: ReturnType<typeof setTimeout> | undefined;

  async function fetchPage(before: number | null): Promise<void> {
    current.abort();
    const mine = new AbortController();
    current = mine;
    loading.value = true;
    const query = {
      q: filters.q.trim() || undefined,
      kind: filters.kind || undefined,
      from: filters.from || undefined,
      to: filters.to || undefined,
      householdId: filters.household || undefined,
      goodsId: filters.goods || undefined,
      actorId: filters.by || undefined,
      before: before ?? undefined,
    };
    const outcome = await api.call('ledger.entries', { query, signal: mine.signal });
    if (mine.signal.aborted) return;
    loading.value = false;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    entries.value = before === null ? outcome.data.items : [...(entries.value ?? []), ...outcome.data.items];
    next.value = outcome.data.next;
  }

  function follow(): void {
    const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
    void router.replace({ query });
    void fetchPage(null);
  }

  watch(
    () => filters.q,
    () => {
      clearTimeout(typing);
      typing = setTimeout(follow, typingPauseMs);
    },
  );
  watch(() => [filters.kind, filters.from, filters.to, filters.household, filters.goods, filters.by], follow);
  onScopeDispose(() => {
    clearTimeout(typing);
    current.abort();
  });
  void fetchPage(null);

  return {
    filters,
    entries,
    next,
    failure,
    loading,
    isFiltered: computed(() => Object.values(filters).some((value) => value !== '')),
    reload: () => fetchPage(null),
    more: () => fetchPage(next.value),
    clear: (): void => {
      Object.assign(filters, { q: '', kind: '', from: '', to: '', household: '', goods: '', by: '' });
    },
  };
}

import { computed, onScopeDispose, reactive, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { EntryKind } from '../../../shared/ledger/entry-kinds.ts';
import type { AnswerOf, Api } from '../../api/index.ts';
import { usePages } from '../../ui/usePages.ts';
import { ENTRY_KINDS_SHOWN } from './entry-words.ts';

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
  let typing: ReturnType<typeof setTimeout> | undefined;

  const pages = usePages<AnswerOf<'ledger.entries'>>((before, signal) => {
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
    return api.call('ledger.entries', { query, signal });
  });

  function follow(): void {
    const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
    void router.replace({ query });
    void pages.replace();
  }

  watch(
    () => filters.q,
    () => {
      clearTimeout(typing);
      typing = setTimeout(follow, typingPauseMs);
    },
  );
  watch(() => [filters.kind, filters.from, filters.to, filters.household, filters.goods, filters.by], follow);
  onScopeDispose(() => clearTimeout(typing));

  return {
    ...{ filters, pages },
    isFiltered: computed(() => Object.values(filters).some((value) => value !== '')),
    clear: (): void => {
      Object.assign(filters, { q: '', kind: '', from: '', to: '', household: '', goods: '', by: '' });
    },
  };
}

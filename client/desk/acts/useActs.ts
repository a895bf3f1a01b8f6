import { computed, onScopeDispose, reactive, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { AnswerOf, Api, QueryOf } from '../../api/index.ts';
import { usePages } from '../../ui/usePages.ts';

/** Groups of acts, by the beginning of their names. */
export const ACT_GROUPS = [
  ...(['households', 'cards', 'staff', 'village', 'rules', 'goods', 'kiosks'] as const),
  ...(['volunteers', 'imports', 'backups', 'books', 'address', 'signatures', 'acts'] as const),
];
export type ActGroup = (typeof ACT_GROUPS)[number];

export interface ActFilters {
  q: string;
  group: ActGroup | '';
  by: string;
  from: string;
  to: string;
}

const typingPauseMs = 300;

/** Acts as filtered, page by page. The address holds the filters: it can be kept, shared and come back to. */
export function useActs(api: Api) {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '');
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text(name)) ? text(name) : '');
  const filters = reactive<ActFilters>({
    q: text('q'),
    group: ACT_GROUPS.find((name) => name === route.query.group) ?? '',
    by: text('by'),
    from: day('from'),
    to: day('to'),
  });
  let typing: ReturnType<typeof setTimeout> | undefined;

  /** The search, as list and table ask for it. */
  const query = (): NonNullable<QueryOf<'acts.export'>> => ({
    q: filters.q.trim() || undefined,
    act: filters.group === '' ? undefined : `${filters.group}.`,
    actorId: filters.by || undefined,
    from: filters.from || undefined,
    to: filters.to || undefined,
  });
  const pages = usePages<AnswerOf<'acts.list'>>((before, signal) =>
    api.call('acts.list', { query: { ...query(), before: before ?? undefined }, signal }),
  );

  function follow(): void {
    clearTimeout(typing);
    void router.replace({
      query: Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')),
    });
    void pages.replace();
  }

  watch(
    () => filters.q,
    () => {
      clearTimeout(typing);
      typing = setTimeout(follow, typingPauseMs);
    },
  );
  watch(() => [filters.group, filters.by, filters.from, filters.to], follow);
  onScopeDispose(() => clearTimeout(typing));

  return {
    ...{ filters, pages, query },
    isFiltered: computed(() => Object.values(filters).some((value) => value !== '')),
    clear: (): void => {
      Object.assign(filters, { q: '', group: '', by: '', from: '', to: '' });
    },
  };
}

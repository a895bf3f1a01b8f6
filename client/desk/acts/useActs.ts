import type { AnswerOf, Api, QueryOf } from '../../api/index.ts';
import { usePages } from '../../ui/usePages.ts';
import { useAddressFilters } from '../parts/useAddressFilters.ts';

/** Groups of acts, by the beginning of their names. */
export const ACT_GROUPS = [
  ...(['households', 'cards', 'staff', 'village', 'rules', 'goods', 'kiosks'] as const),
  ...(['volunteers', 'imports', 'backups', 'books', 'address', 'signatures', 'handovers', 'acts'] as const),
];
export type ActGroup = (typeof ACT_GROUPS)[number];

export interface ActFilters {
  q: string;
  group: ActGroup | '';
  by: string;
  from: string;
  to: string;
}

/** Acts as filtered, page by page. */
export function useActs(api: Api) {
  const { filters, isFiltered, clear } = useAddressFilters<ActFilters>(
    ({ text, day }) => ({
      q: text('q'),
      group: ACT_GROUPS.find((name) => name === text('group')) ?? '',
      by: text('by'),
      from: day('from'),
      to: day('to'),
    }),
    () => void pages.replace(),
  );

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

  return { filters, pages, query, isFiltered, clear };
}

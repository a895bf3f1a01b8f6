import type { ActName } from '../../../shared/acts/catalogue.ts';
import type { AnswerOf, Api, QueryOf } from '../../api/index.ts';
import { usePages } from '../../ui/usePages.ts';
import { useAddressFilters } from '../parts/useAddressFilters.ts';

type GroupOf<Name> = Name extends `${infer Group}.${string}` ? Group : never;

/** The beginning of an act's name, up to the point. */
export type ActGroup = GroupOf<ActName>;

/** Every group of acts, in the order of the list. One that is missing does not compile. */
const GROUPS: Readonly<Record<ActGroup, true>> = {
  ...{ households: true, cards: true, proposals: true, changes: true, goods: true, rules: true },
  ...{ kiosks: true, outbox: true, printers: true, volunteers: true, shifts: true, staff: true },
  ...{ signatures: true, handovers: true, village: true, address: true, https: true, imports: true },
  ...{ notices: true, rechecks: true, objections: true, reports: true, rounds: true, texts: true },
  ...{ workdays: true, deductions: true, books: true, backups: true, acts: true },
};
export const ACT_GROUPS = Object.keys(GROUPS) as readonly ActGroup[];

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

import type { EntryKind } from '../../../shared/ledger/entry-kinds.ts';
import type { AnswerOf, Api } from '../../api/index.ts';
import { usePages } from '../../ui/usePages.ts';
import { useAddressFilters } from '../parts/useAddressFilters.ts';
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

/** Entries as filtered, page by page. */
export function useEntries(api: Api) {
  const { filters, isFiltered, clear } = useAddressFilters<EntryFilters>(
    ({ text, day }) => ({
      q: text('q'),
      kind: ENTRY_KINDS_SHOWN.find((name) => name === text('kind')) ?? '',
      from: day('from'),
      to: day('to'),
      household: text('household'),
      goods: text('goods'),
      by: text('by'),
    }),
    () => void pages.replace(),
  );

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

  return { filters, pages, isFiltered, clear };
}

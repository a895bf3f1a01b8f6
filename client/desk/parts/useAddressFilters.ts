import { computed, onScopeDispose, reactive, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const typingPauseMs = 300;

/** Reads what the address says of a filter; an empty text when it says nothing, or nothing that fits. */
export interface AddressReader {
  readonly text: (name: string) => string;
  readonly day: (name: string) => string;
}

/**
 * The filters of a list. The address holds them: it can be kept, shared and come back to. `q` is typed, so that the list
 * follows after a pause; every other filter counts at once.
 */
export function useAddressFilters<Filters extends { q: string }>(
  begin: (read: AddressReader) => Filters,
  onChange: () => void,
) {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '');
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text(name)) ? text(name) : '');
  const filters = reactive<{ q: string }>(begin({ text, day })) as Filters;
  let typing: ReturnType<typeof setTimeout> | undefined;

  function follow(): void {
    clearTimeout(typing);
    void router.replace({
      query: Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')),
    });
    onChange();
  }

  watch(
    () => filters.q,
    () => {
      clearTimeout(typing);
      typing = setTimeout(follow, typingPauseMs);
    },
  );
  const chosen = (Object.keys(filters) as (keyof Filters)[]).filter((name) => name !== 'q');
  watch(
    chosen.map((name) => () => filters[name]),
    follow,
  );
  onScopeDispose(() => clearTimeout(typing));

  return {
    filters,
    isFiltered: computed(() => Object.values(filters).some((value) => value !== '')),
    clear: (): void => {
      Object.assign(filters, Object.fromEntries(Object.keys(filters).map((name) => [name, ''])));
    },
  };
}

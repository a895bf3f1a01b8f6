import { computed, type WritableComputedRef } from 'vue';
import { useAddressFilters } from './useAddressFilters.ts';

/** The one filter of a list: one of its choices always holds, `first` to begin with. The address has it. */
export function useListFilter<Choice extends string>(
  choices: readonly Choice[],
  first: Choice,
  onChange: () => void,
): WritableComputedRef<Choice> {
  const { filters } = useAddressFilters<{ q: string; filter: Choice }>(
    ({ text }) => ({ q: '', filter: choices.find((one) => one === text('filter')) ?? first }),
    onChange,
  );
  return computed({ get: () => filters.filter, set: (wanted) => (filters.filter = wanted) });
}

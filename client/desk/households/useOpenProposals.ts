import { computed } from 'vue';
import { useLoad } from '../../ui/useLoad.ts';
import { useDesk } from '../desk.ts';

/** A page can hold so many. No household has more at once. */
const LIMIT = 200;

/** The proposals that keep the account of a household open: they wait for a decision, hang on a notice or are objected to. */
export function useOpenProposals(householdId: () => string) {
  const desk = useDesk();
  const { data, reload } = useLoad((signal) =>
    desk.api.call('proposals.list', {
      query: { householdId: householdId(), open: 'true', limit: LIMIT },
      signal,
    }),
  );
  const open = computed(() => data.value?.items ?? []);
  return { open, reload };
}

import { computed } from 'vue';
import { STATE_FACTS } from '../../../shared/proposals/states.ts';
import { useLoad } from '../../ui/useLoad.ts';
import { useDesk } from '../desk.ts';

/** The latest proposals of a household, among which those are looked for that are open. The server looks through all. */
const LATEST = 50;

/** The proposals that keep the account of a household open: they wait for a decision, hang on a notice or are objected to. */
export function useOpenProposals(householdId: () => string) {
  const desk = useDesk();
  const { data, reload } = useLoad((signal) =>
    desk.api.call('proposals.list', { query: { householdId: householdId(), limit: LATEST }, signal }),
  );
  const open = computed(() => data.value?.items.filter(({ state }) => STATE_FACTS[state].keepsAccount) ?? []);
  return { open, reload };
}

import { computed, type ComputedRef } from 'vue';
import { useLoad } from '../../ui/useLoad.ts';
import { leadsNowhere } from '../cards/printed-card.ts';
import { useDesk } from '../desk.ts';

/**
 * The address at which other devices reach this server: the one it was told, else the one at which this desk was
 * opened.
 */
export function useAddress(): ComputedRef<{ readonly origin: string; readonly leadsNowhere: boolean }> {
  const desk = useDesk();
  const { data } = useLoad((signal) => desk.api.call('village.get', { signal }));
  return computed(() => {
    const origin = (data.value?.publicUrl ?? location.origin).replace(/\/+$/, '');
    return { origin, leadsNowhere: leadsNowhere(origin) };
  });
}

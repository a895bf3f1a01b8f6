import { computed, type ComputedRef } from 'vue';
import { useOutboxView } from './useOutboxView.ts';
import { useStation } from './useStation.ts';

/** `plain`: the page came by plain http, so the device cannot sign. `off`: the village has not agreed to it. */
export type MayHandOut = 'yes' | 'plain' | 'off';

/** Whether this device serves without the server. */
export function useMayHandOut(): ComputedRef<MayHandOut> {
  const { state } = useStation();
  const outbox = useOutboxView();
  return computed(() => {
    if ((state.value?.village.withoutNetwork ?? null) === null) return 'off';
    return outbox?.isSigning() === true ? 'yes' : 'plain';
  });
}

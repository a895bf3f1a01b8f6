import { inject, type InjectionKey, readonly, ref, type Ref, watch } from 'vue';
import type { ScreenLock } from '../composables/createScreenLock.ts';
import type { Station } from '../composables/station.ts';

/** Whether somebody who has just signed in is to see what the shift before left. */
export interface Handover {
  readonly isDue: Readonly<Ref<boolean>>;
  /** The shift before was ended at a locked screen, without its volunteer: nobody was asked to count. */
  readonly isUncounted: Readonly<Ref<boolean>>;
  readonly close: () => void;
}

export const handoverKey: InjectionKey<Handover> = Symbol('handover');

export function useHandover(): Handover {
  const handover = inject(handoverKey);
  if (!handover) throw new Error('no handover was provided');
  return handover;
}

/** It is due after somebody signed in, and not after the page was loaded anew in the midst of a shift. */
export function createHandover(
  { stage }: Pick<Station, 'stage'>,
  { takeovers }: Pick<ScreenLock, 'takeovers'>,
): Handover {
  const isDue = ref(false);
  const isUncounted = ref(false);
  watch(stage, (now, before) => {
    isDue.value = now === 'open' && (before === 'signing_in' || isDue.value);
    isUncounted.value &&= isDue.value;
  });
  watch(takeovers, () => {
    isDue.value = true;
    isUncounted.value = true;
  });
  return {
    isDue: readonly(isDue),
    isUncounted: readonly(isUncounted),
    close() {
      isDue.value = false;
      isUncounted.value = false;
    },
  };
}

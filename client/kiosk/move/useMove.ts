import { computed, type ComputedRef, type Ref, shallowRef, watch } from 'vue';
import { useStation } from '../composables/useStation.ts';
import { heardAddresses, type NewAddress, newAddress, noteAddresses, stayHere } from './new-address.ts';

export interface Move {
  /** Null: this page is at the right address. */
  readonly to: ComputedRef<NewAddress | null>;
  /** The address to which this device has gone; null: it is here. */
  readonly goneTo: Readonly<Ref<string | null>>;
  readonly noteGone: (origin: string) => void;
  /** Nobody wants to go: it is not said again until the address changes once more. */
  readonly stay: () => void;
}

const NAME = 'jishan.kiosk.gone-to';
/** One for all that show it. */
const heard = shallowRef(heardAddresses(localStorage));
const gone = shallowRef(localStorage.getItem(NAME));

/** The other address of the server, if there is one. */
export function useMove(): Move {
  const { state, stage } = useStation();
  watch(
    () => state.value?.opensAt,
    (opensAt) => {
      if (opensAt !== undefined) heard.value = noteAddresses(localStorage, opensAt);
    },
    { immediate: true },
  );
  return {
    to: computed(() => (heard.value === null ? null : newAddress(location, heard.value))),
    // Paired here anew, it has come back.
    goneTo: computed(() => (stage.value === 'pairing' ? gone.value : null)),
    noteGone(origin) {
      localStorage.setItem(NAME, origin);
      gone.value = origin;
    },
    stay() {
      if (heard.value !== null) heard.value = stayHere(localStorage, heard.value);
    },
  };
}

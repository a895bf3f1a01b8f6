import { watch } from 'vue';
import { useStation } from '../composables/useStation.ts';
import { askToKeep } from './kept-storage.ts';

/** Asks the browser to keep the rows, once the device is a kiosk. */
export function useKeptStorage(): void {
  const { stage } = useStation();
  const stop = watch(
    stage,
    (now) => {
      if (now === 'pairing' || now === 'starting') return;
      void askToKeep(navigator.storage);
      queueMicrotask(() => stop());
    },
    { immediate: true },
  );
}

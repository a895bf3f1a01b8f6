import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue';
import { loadOfflineParts, type OfflineParts } from '../lazy-pages.ts';

const RETRY_MS = 5000;

/** The parts that must be there when the network has gone, so they are fetched while there is one. Undefined until they are there. */
export function useOfflineParts(): Readonly<ShallowRef<OfflineParts | undefined>> {
  const parts = shallowRef<OfflineParts>();
  let timer: number | undefined;

  async function fetchParts(): Promise<void> {
    try {
      parts.value = await loadOfflineParts();
    } catch {
      timer = window.setTimeout(() => void fetchParts(), RETRY_MS);
    }
  }

  onMounted(fetchParts);
  onBeforeUnmount(() => window.clearTimeout(timer));
  return parts;
}

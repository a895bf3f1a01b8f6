import { onBeforeUnmount, onMounted } from 'vue';
import type { Station } from './useStation.ts';

const lostEveryMs = 3000;
const fineEveryMs = 30_000;

/** Keeps knowing whether the server can be reached: often while it cannot, now and then while it can. */
export function useConnection(station: Station, onBack: () => void): void {
  let timer: number | undefined;

  async function look(): Promise<void> {
    window.clearTimeout(timer);
    const wasConnected = station.isConnected.value;
    const answered = await station.check();
    if (answered && !wasConnected) onBack();
    schedule();
  }

  function schedule(): void {
    window.clearTimeout(timer);
    const isFine = station.isConnected.value && station.state.value !== null;
    timer = window.setTimeout(() => void look(), isFine ? fineEveryMs : lostEveryMs);
  }

  const onChange = () => void look();
  onMounted(() => {
    window.addEventListener('online', onChange);
    window.addEventListener('offline', onChange);
    void look();
  });
  onBeforeUnmount(() => {
    window.clearTimeout(timer);
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  });
}

import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** A page older than this starts afresh at night: a new version is taken up, and nothing gathers over weeks. */
const oldMs = 20 * 3_600_000;
const nightHour = 3;
const lookEveryMs = 10 * 60_000;

/**
 * Keeps a page on a wall: the whole screen, a screen that does not go dark (where the browser can, which asks for
 * https), and a fresh start at night. It does not start afresh in full screen, because that would leave it.
 */
export function useTelevision(isHeard: () => boolean): {
  readonly canFill: boolean;
  readonly isFull: Readonly<Ref<boolean>>;
  readonly fill: () => Promise<void>;
} {
  const isFull = ref(document.fullscreenElement !== null);
  const startedMs = Date.now();
  let timer: number | undefined;

  async function stayAwake(): Promise<void> {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      await navigator.wakeLock.request('screen');
    } catch {
      // Low on power, or not allowed: the screen keeps its own time.
    }
  }

  function look(): void {
    const isNight = new Date().getHours() === nightHour;
    if (isNight && Date.now() - startedMs > oldMs && isHeard() && !isFull.value) location.reload();
  }

  const onVisible = () => void stayAwake();
  const onFull = () => (isFull.value = document.fullscreenElement !== null);
  onMounted(() => {
    void stayAwake();
    timer = window.setInterval(look, lookEveryMs);
    document.addEventListener('visibilitychange', onVisible);
    document.addEventListener('fullscreenchange', onFull);
  });
  onBeforeUnmount(() => {
    window.clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
    document.removeEventListener('fullscreenchange', onFull);
  });
  return {
    canFill: document.fullscreenEnabled,
    isFull,
    async fill() {
      try {
        await document.documentElement.requestFullscreen();
      } catch {
        // Refused by the browser: its own key (F11) still does it.
      }
      await stayAwake();
    },
  };
}

import { onBeforeUnmount, onMounted } from 'vue';

const EVERY_MS = 20_000;

/** Says now and then that time has passed. */
export function useAging(passed: () => void): void {
  let timer: number | undefined;
  onMounted(() => {
    timer = window.setInterval(passed, EVERY_MS);
  });
  onBeforeUnmount(() => window.clearInterval(timer));
}

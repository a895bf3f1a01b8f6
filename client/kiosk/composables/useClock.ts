import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** The time of day, once a second. */
export function useClock(): Readonly<Ref<number>> {
  const nowMs = ref(Date.now());
  let timer: number | undefined;
  onMounted(() => (timer = window.setInterval(() => (nowMs.value = Date.now()), 1000)));
  onBeforeUnmount(() => window.clearInterval(timer));
  return nowMs;
}

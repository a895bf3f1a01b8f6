import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

const stayMs = 8_000;
const EVENTS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

/** True for some seconds after somebody touched the screen, moved the mouse or pressed a key. */
export function useControls(): Readonly<Ref<boolean>> {
  const isShown = ref(false);
  let timer: number | undefined;

  function show(): void {
    isShown.value = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (isShown.value = false), stayMs);
  }

  onMounted(() => {
    for (const event of EVENTS) window.addEventListener(event, show);
  });
  onBeforeUnmount(() => {
    window.clearTimeout(timer);
    for (const event of EVENTS) window.removeEventListener(event, show);
  });
  return isShown;
}

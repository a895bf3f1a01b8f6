import { onBeforeUnmount, ref, watch, type Ref, type ShallowRef } from 'vue';

/**
 * Somebody who goes through a page without scrolling, by keyboard or by ear, finds the rest as well, a little
 * later.
 */
const latestMs = 4000;

/** True from when an element was first seen, or had its time to be. */
export function useSeen(element: Readonly<ShallowRef<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const isSeen = ref(false);
  let timer: number | undefined;
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) see();
  });

  function see(): void {
    isSeen.value = true;
    window.clearTimeout(timer);
    observer.disconnect();
  }

  watch(element, (there) => {
    if (!there || isSeen.value) return;
    observer.observe(there);
    window.clearTimeout(timer);
    timer = window.setTimeout(see, latestMs);
  });
  onBeforeUnmount(() => {
    window.clearTimeout(timer);
    observer.disconnect();
  });
  return isSeen;
}

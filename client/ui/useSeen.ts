import { onBeforeUnmount, type Ref, ref, watch } from 'vue';

/** Whether an element has come into view. Old browsers that cannot tell count it as seen. */
export function useSeen(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const isSeen = ref(!('IntersectionObserver' in window));
  let watcher: IntersectionObserver | undefined;
  watch(element, (place) => {
    if (!place || isSeen.value) return;
    watcher = new IntersectionObserver((entries) => {
      isSeen.value ||= entries.some((entry) => entry.isIntersecting);
      if (isSeen.value) watcher?.disconnect();
    });
    watcher.observe(place);
  });
  onBeforeUnmount(() => watcher?.disconnect());
  return isSeen;
}

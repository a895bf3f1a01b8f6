import { onBeforeUnmount, ref, watch, type Ref, type ShallowRef } from 'vue';

/** True from when an element was first seen. */
export function useSeen(element: Readonly<ShallowRef<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const isSeen = ref(false);
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    isSeen.value = true;
    observer.disconnect();
  });
  watch(element, (there) => {
    if (there) observer.observe(there);
  });
  onBeforeUnmount(() => observer.disconnect());
  return isSeen;
}

import { readonly, type Ref, ref, watch } from 'vue';

/** Since when something has been on the screen without a break, by the clock of `performance`; null while it is not. */
export function useShownSince(isShown: () => boolean): Readonly<Ref<number | null>> {
  const since = ref<number | null>(null);
  watch(isShown, (now) => (since.value = now ? performance.now() : null), { immediate: true });
  return readonly(since);
}

import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** True on a phone, where the board is a page that scrolls (the same width as in the styles). */
export function useNarrow(): Readonly<Ref<boolean>> {
  const query = window.matchMedia('(max-width: 899px)');
  const isNarrow = ref(query.matches);
  const update = () => (isNarrow.value = query.matches);
  onMounted(() => query.addEventListener('change', update));
  onBeforeUnmount(() => query.removeEventListener('change', update));
  return isNarrow;
}

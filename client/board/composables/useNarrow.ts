import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/**
 * True on a phone, also on its side, where the board is a page that scrolls (the same widths as in the styles). A
 * television that hangs upright is wider.
 */
export function useNarrow(): Readonly<Ref<boolean>> {
  const query = window.matchMedia('(max-width: 699px), (max-width: 899px) and (orientation: landscape)');
  const isNarrow = ref(query.matches);
  const update = () => (isNarrow.value = query.matches);
  onMounted(() => query.addEventListener('change', update));
  onBeforeUnmount(() => query.removeEventListener('change', update));
  return isNarrow;
}

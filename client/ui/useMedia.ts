import { onScopeDispose, ref, type Ref } from 'vue';

/** Whether a media query holds now, such as `(min-width: 1280px)`. */
export function useMedia(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query);
  const holds = ref(list.matches);
  const look = () => {
    holds.value = list.matches;
  };
  list.addEventListener('change', look);
  onScopeDispose(() => list.removeEventListener('change', look));
  return holds;
}

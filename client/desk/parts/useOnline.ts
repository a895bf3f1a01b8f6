import { onScopeDispose, ref, type Ref } from 'vue';

/** Whether this device thinks it has a network at all; that the server is reached only an answer can tell. */
export function useOnline(): Readonly<Ref<boolean>> {
  const isOnline = ref(navigator.onLine);
  const look = () => {
    isOnline.value = navigator.onLine;
  };
  window.addEventListener('online', look);
  window.addEventListener('offline', look);
  onScopeDispose(() => {
    window.removeEventListener('online', look);
    window.removeEventListener('offline', look);
  });
  return isOnline;
}

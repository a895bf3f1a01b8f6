import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';

export interface Unsaved {
  /** Somebody is about to leave: asks whether they mean it. */
  readonly isAsking: Ref<boolean>;
  /** Leaves without saving. */
  readonly leave: () => void;
}

/** Keeps what was changed and not saved from being lost by a slip: within the program by asking, outside by the browser's own question. */
export function useUnsaved(isChanged: () => boolean): Unsaved {
  const isAsking = ref(false);
  let answer: ((mayLeave: boolean) => void) | null = null;

  function warn(event: BeforeUnloadEvent): void {
    if (isChanged()) event.preventDefault();
  }

  function ask(): true | Promise<boolean> {
    if (!isChanged()) return true;
    isAsking.value = true;
    return new Promise<boolean>((resolve) => {
      answer = resolve;
    });
  }

  onMounted(() => window.addEventListener('beforeunload', warn));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn));
  onBeforeRouteLeave(ask);
  // Another one of the same kind, opened from the list beside it, is another page too.
  onBeforeRouteUpdate((to, from) => to.path === from.path || to.meta.isOnePage === true || ask());
  watch(isAsking, (now) => {
    if (now) return;
    // Closed without an answer: one stays.
    answer?.(false);
    answer = null;
  });

  return {
    isAsking,
    leave() {
      answer?.(true);
      answer = null;
      isAsking.value = false;
    },
  };
}

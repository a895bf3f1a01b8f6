import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef } from 'vue';
import { IDLE_LIMIT_MS, idlenessAfter, type Idleness } from '../idle-limit.ts';
import { useClock } from './useClock.ts';

export const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Watches for hands and scanners; `onGone` is called once when nobody has touched anything for too long. */
export function useIdle(
  onGone: () => void,
  limitMs = IDLE_LIMIT_MS,
): { idleness: ComputedRef<Idleness>; touch: () => void } {
  const nowMs = useClock();
  const touchedAtMs = ref(Date.now());
  const idleness = computed(() => idlenessAfter(nowMs.value - touchedAtMs.value, limitMs));
  const touch = () => (touchedAtMs.value = Date.now());

  watch(
    () => idleness.value.kind,
    (kind) => {
      if (kind === 'gone') onGone();
    },
  );
  // In the capture phase: a scanner's keys go no further.
  onMounted(() =>
    ACTIVITY.forEach((type) => window.addEventListener(type, touch, { capture: true, passive: true })),
  );
  onBeforeUnmount(() =>
    ACTIVITY.forEach((type) => window.removeEventListener(type, touch, { capture: true })),
  );
  return { idleness, touch };
}

import { onBeforeUnmount, onMounted } from 'vue';
import type { ShiftEnd } from './createShiftEnd.ts';
import { ACTIVITY } from './useIdle.ts';

const EVERY_MS = 1000;

/** Tells a shift of hands and scanners, and that time has passed. */
export function useShiftEnd(shiftEnd: ShiftEnd | null): void {
  if (shiftEnd === null) return;
  const { use, look } = shiftEnd;
  let timer: number | undefined;
  onMounted(() => {
    // In the capture phase: a scanner's keys go no further.
    for (const type of ACTIVITY) window.addEventListener(type, use, { capture: true, passive: true });
    timer = window.setInterval(look, EVERY_MS);
  });
  onBeforeUnmount(() => {
    for (const type of ACTIVITY) window.removeEventListener(type, use, { capture: true });
    window.clearInterval(timer);
  });
}

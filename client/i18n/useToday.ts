import { computed, inject, onScopeDispose, ref, type Ref } from 'vue';
import { businessDay } from '../../shared/business-day.ts';
import { inShanghai, timeZoneKey } from './format.ts';

/** Every zone's midnight falls on a quarter of an hour. */
const QUARTER_MS = 900_000;

/** The village's business day, which goes on at its midnight while the page stands open. */
export function useToday(): Readonly<Ref<string>> {
  return todayIn(inject(timeZoneKey, inShanghai, false));
}

export function todayIn(timeZone: () => string): Readonly<Ref<string>> {
  const nowMs = ref(Date.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    clearTimeout(timer);
    nowMs.value = Date.now();
    timer = setTimeout(look, QUARTER_MS - (nowMs.value % QUARTER_MS));
  }
  look();
  // A computer that slept over midnight has missed the timer.
  document.addEventListener('visibilitychange', look);
  onScopeDispose(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return computed(() => businessDay(nowMs.value, timeZone()));
}

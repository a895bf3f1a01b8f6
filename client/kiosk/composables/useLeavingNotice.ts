import { onBeforeUnmount, watch } from 'vue';
import type { Counter } from '../counter/create-counter.ts';
import { leavesByItself } from '../notice.ts';

/** Long enough to be read twice by old eyes. */
const SHOWN_MS = 10_000;

/** Takes information off the screen after a while, whichever page shows it. */
export function useLeavingNotice(counter: Counter): void {
  let timer: number | undefined;
  watch(
    () => counter.notice,
    (notice) => {
      window.clearTimeout(timer);
      if (notice === null || !leavesByItself(notice)) return;
      timer = window.setTimeout(() => {
        if (counter.notice === notice) counter.feed({ is: 'noticeClosed' });
      }, SHOWN_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => window.clearTimeout(timer));
}

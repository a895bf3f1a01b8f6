import { onBeforeUnmount, onMounted, watch } from 'vue';
import { endpoints } from '../../../shared/notices/endpoints.ts';
import { createApi, newKey } from '../../api/index.ts';
import { acceptLanguage } from '../../i18n/index.ts';
import { deviceToken } from '../memory.ts';
import { createShownWhole } from '../shown-whole.ts';
import type { Slide } from '../slides.ts';

/** A picture that was turned on by hand was not read. */
const READ_MS = 10_000;

/** Tells the server of each notice that has been on the screen of a paired device as a whole, while it was on. */
export function useShowings(slide: () => Slide | undefined): void {
  const token = deviceToken();
  if (token === null) return;
  const api = createApi({
    endpoints,
    auth: { token: () => token, scheme: 'Kiosk' },
    language: acceptLanguage,
  });
  const shown = createShownWhole(() => performance.now());
  let since: number | null = null;

  function begin(): void {
    since = document.visibilityState === 'visible' ? performance.now() : null;
  }

  function end(last: Slide | undefined): void {
    const isRead = since !== null && performance.now() - since >= READ_MS;
    if (!isRead || last?.kind !== 'notice' || !shown.show(last.notice, last.deeds)) return;
    // Nobody stands before the screen: a later round tells again what did not arrive.
    void api.call('notices.show', { key: newKey(), body: { numbers: [last.notice.number] } });
  }

  watch(slide, (_, last) => {
    end(last);
    begin();
  });
  onMounted(() => {
    begin();
    document.addEventListener('visibilitychange', begin);
  });
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', begin));
}

import { createApp } from 'vue';
import { ENDPOINTS } from '../../../shared/endpoints.ts';
import { createApi } from '../../api/index.ts';
import { openDevice } from '../../device/device.ts';
import { acceptLanguage, type createText } from '../../i18n/index.ts';
import { createOutboxDisk } from '../../outbox/outbox-disk.ts';
import { createMemory } from '../memory.ts';
import ArrivePage from './ArrivePage.vue';
import { type Arrived, checkArrived, keepArrived, waitForThings } from './take-along.ts';

/** Shows the page that takes in a device from the server's old address. It resolves when the kiosk may begin. */
export function arrive(text: Awaited<ReturnType<typeof createText>>): Promise<void> {
  const opener = window.opener as Window | null;
  const memory = createMemory(localStorage);
  const disk = createOutboxDisk(openDevice());
  const apiOf = (token: string) =>
    createApi({
      endpoints: ENDPOINTS,
      auth: { scheme: 'Kiosk', token: () => token },
      language: acceptLanguage,
    });
  window.history.replaceState(null, '', window.location.pathname);
  return new Promise((resolve) => {
    const app = createApp(ArrivePage, {
      wait: opener === null ? null : () => waitForThings(window, opener),
      check: (arrived: Arrived) => checkArrived(arrived, { apiOf, memory }),
      keep: ({ things }: Arrived) => keepArrived(things, { memory, disk }),
      leave() {
        app.unmount();
        resolve();
      },
    });
    app.use(text).mount('#app');
  });
}

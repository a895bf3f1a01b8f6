import { TAKE_OVER } from '../service-worker/take-over.ts';

/**
 * Has the browser keep this page, so that it opens without a network; on plain http browsers cannot. A newer build takes
 * over while nobody looks, and shows itself when the page is opened next.
 */
export function keepPage(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined) return;
  workers.register('/me/worker.js', { scope: '/me' }).then(
    (registration) => {
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden' && registration.waiting)
          registration.waiting.postMessage(TAKE_OVER);
      });
    },
    // The browser refuses, or the server has no worker: the page comes from the server, as ever.
    () => undefined,
  );
}

/**
 * Takes the place of a service worker that is not wanted any more: it gives back the page's files and goes. The page's own
 * data, such as baskets and log-ins, lie elsewhere and stay.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  const { scope } = self.registration;
  const goes = caches
    .delete(`jishan-page${new URL(scope).pathname}`)
    .then(() => self.registration.unregister());
  event.waitUntil(goes);
});

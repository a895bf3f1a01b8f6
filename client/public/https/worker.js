// Registered for a moment by the page /https, to see whether this device takes a service worker, and unregistered again.
self.addEventListener('install', () => self.skipWaiting());

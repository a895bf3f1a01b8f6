import { PrecacheController } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { TAKE_OVER } from './take-over.ts';
import type { LifeEvent, WorkerScope } from './worker-scope.ts';

/**
 * The service worker of one face: its page opens without the server. Each build has its own worker, with the list of
 * that build's files in it. The API is never answered here, nor anything but GET.
 */
declare const self: WorkerScope & { readonly __WB_MANIFEST: { url: string; revision: string | null }[] };

/** `/kiosk` or `/me`. */
const face = new URL(self.registration.scope).pathname;
const cacheName = `jishan-page${face}`;
/** The addresses that the build before this one had, kept beside its files. */
const listAddress = `${face}/kept-files.json`;
const drawings = import.meta.env.VITE_DRAWINGS;

const files = new PrecacheController({ cacheName });
files.addToCacheList(self.__WB_MANIFEST);

/** All files or none: where one does not come whole, the browser drops this worker and stays with the one it has. */
self.addEventListener('install', (event) => void files.install(event));

self.addEventListener('activate', (event: LifeEvent) => {
  event.waitUntil(dropOlderBuilds().then(() => self.clients.claim()));
});

self.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});

// A path that looks like a missing file is not answered with the page; the server does the same.
registerRoute(
  new NavigationRoute(async ({ request }) => (await kept(`${face}/index.html`)) ?? fetch(request), {
    allowlist: [new RegExp(`^${face}(?:/|\\?|$)`)],
    denylist: [/^[^?]*\.[a-z0-9]{2,11}(?:\?|$)/i],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && (isHashed(url) || files.getCacheKeyForURL(url.href) !== undefined),
  async ({ request, url }) => (await kept(url.href)) ?? fetchFile(request, url),
);

/** Such a name never gets another content, so it counts whichever build brought it. */
function isHashed({ pathname }: URL): boolean {
  return (
    pathname.startsWith('/assets/') || (pathname.startsWith(`${face}/`) && /-[\w-]{8}\.js$/.test(pathname))
  );
}

async function kept(address: string): Promise<Response | undefined> {
  const cache = await caches.open(cacheName);
  return cache.match(files.getCacheKeyForURL(address) ?? address, { ignoreVary: true });
}

/** A drawing that was shown once is kept: a phone does not fetch all of them. */
async function fetchFile(request: Request, { pathname }: URL): Promise<Response> {
  const answer = await fetch(request);
  if (!answer.ok || !pathname.startsWith(drawings)) return answer;
  const cache = await caches.open(cacheName);
  // A full disk does not keep the drawing from being shown.
  await cache.put(request.url, answer.clone()).catch(() => undefined);
  return answer;
}

/**
 * Keeps the files of this build and of the one before it: a window that was opened under that one still finds its
 * parts, though the server has them no longer.
 */
async function dropOlderBuilds(): Promise<void> {
  const cache = await caches.open(cacheName);
  const own = [...files.getURLsToCacheKeys().values()];
  const before = await readList(cache);
  const stays = new Set([...own, ...before, new URL(listAddress, location.href).href]);
  const all = await cache.keys();
  const gone = all.filter(({ url }) => !stays.has(url) && !new URL(url).pathname.startsWith(drawings));
  await Promise.all(gone.map((request) => cache.delete(request)));
  await cache.put(listAddress, new Response(JSON.stringify(own)));
}

async function readList(cache: Cache): Promise<string[]> {
  const found = await cache.match(listAddress);
  return found === undefined ? [] : ((await found.json()) as string[]);
}

/** Tells when a page has nothing more to ask: what it shows then is what it will show. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

/** A page is quiet when so many looks at it, one after the other, found no request under way and none that began. */
const LOOKS = 3;
const LOOK_EVERY_MS = 50;
/** A test may hold an answer back: where nothing else is asked for so long, the page shows what it does meanwhile. */
const HELD_MS = 3_000;
const MOST_MS = 20_000;

interface Asked {
  readonly underWay: Set<Request>;
  /** Requests begun so far. */
  begun: number;
}

const watched = new WeakMap<Page, Asked>();

/** From now on `untilQuiet` knows what this page asks for. */
export function watchRequests(page: Page): void {
  const asked: Asked = { underWay: new Set(), begun: 0 };
  watched.set(page, asked);
  page.on('request', (request) => {
    asked.underWay.add(request);
    asked.begun += 1;
  });
  page.on('requestfinished', (request) => asked.underWay.delete(request));
  page.on('requestfailed', (request) => asked.underWay.delete(request));
}

/** Waits until no request is under way and none begins. Also after a step inside the page, which loads no document. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState();
  const asked = watched.get(page);
  if (asked === undefined) throw new Error('a page of another window than openWindow opens');
  const startedMs = performance.now();
  let lastBegunMs = startedMs;
  for (let quiet = 0, begun = asked.begun; quiet < LOOKS; begun = asked.begun) {
    await sleep(LOOK_EVERY_MS);
    // What has just been answered may be computed on, and that ends in the next request.
    await page.evaluate(tasksAreDone);
    quiet = asked.underWay.size === 0 && asked.begun === begun ? quiet + 1 : 0;
    if (asked.begun !== begun) lastBegunMs = performance.now();
    if (performance.now() - lastBegunMs > HELD_MS) return;
    if (performance.now() - startedMs > MOST_MS)
      throw new Error(`still asking: ${[...asked.underWay].map((r) => r.url()).join(' ')}`);
  }
}

/** In the page: resolves behind what is waiting to run there. No timer: the page's clock may be a test's. */
function tasksAreDone(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Waits until a page sends no more requests, because it then shows its final state. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

/** A page is quiet when this many looks in a row find no request under way and no new one. */
const LOOKS = 3;
const LOOK_EVERY_MS = 50;
/** A test may hold an answer back. If no other request begins for this long, the page shows its waiting state. */
const HELD_MS = 3_000;
const MOST_MS = 20_000;

interface Asked {
  readonly underWay: Set<Request>;
  /** The number of requests so far. */
  begun: number;
}

const watched = new WeakMap<Page, Asked>();

/** Counts the page's requests from now on, for `untilQuiet`. */
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

/** Waits until no request is under way and none begins. It also works after a step that loads no document. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState();
  const asked = watched.get(page);
  if (asked === undefined) throw new Error('a page of another window than openWindow opens');
  const startedMs = performance.now();
  let lastBegunMs = startedMs;
  for (let quiet = 0, begun = asked.begun; quiet < LOOKS; begun = asked.begun) {
    await sleep(LOOK_EVERY_MS);
    // The page may still work on the last answer and then send the next request.
    await page.evaluate(tasksAreDone);
    quiet = asked.underWay.size === 0 && asked.begun === begun ? quiet + 1 : 0;
    if (asked.begun !== begun) lastBegunMs = performance.now();
    if (performance.now() - lastBegunMs > HELD_MS) return;
    if (performance.now() - startedMs > MOST_MS)
      throw new Error(`still asking: ${[...asked.underWay].map((r) => r.url()).join(' ')}`);
  }
}

/** Runs in the page and resolves after its waiting tasks. Timers are no use: a test may have replaced the clock. */
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

/** Tells when a page has nothing more to ask: what it shows then is what it will show. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

/** A page that asks for nothing so long has got what it wanted; between two answers it computes for less. */
const QUIET_MS = 100;
const MOST_MS = 20_000;
/** A test may hold an answer back: where nothing else is asked for so long, the page shows what it does meanwhile. */
const HELD_MS = 3_000;

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
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => asked.underWay.delete(request));
}

/** Waits until no request is under way and none begins. Also after a step inside the page, which loads no document. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState();
  const asked = watched.get(page);
  if (asked === undefined) throw new Error('a page of another window than openWindow opens');
  let sameMs = 0;
  for (let waitedMs = 0, seen = -1; seen !== asked.begun || asked.underWay.size > 0; waitedMs += QUIET_MS) {
    sameMs = seen === asked.begun ? sameMs + QUIET_MS : 0;
    if (sameMs > HELD_MS) return;
    if (waitedMs > MOST_MS)
      throw new Error(`still asking: ${[...asked.underWay].map((r) => r.url()).join(' ')}`);
    seen = asked.begun;
    await sleep(QUIET_MS);
  }
}

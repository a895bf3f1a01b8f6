import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { vi } from 'vitest';

/** The browser has all files of the page, and answers it from them. */
export async function untilKept(page: Page): Promise<void> {
  await vi.waitFor(
    async () => {
      const state = await page.evaluate(() => navigator.serviceWorker.controller?.state);
      if (state !== 'activated') throw new Error(`the page is not kept: ${String(state)}`);
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** Has the browser fetch the newer build that the server has. It waits then. Fails where it cannot be had whole. */
export async function newerBuild(page: Page, face: 'kiosk' | 'me'): Promise<void> {
  await page.evaluate(async (name) => {
    const registration = await navigator.serviceWorker.getRegistration(`/${name}`);
    await registration?.update();
    const worker = registration?.installing ?? registration?.waiting;
    if (!worker) throw new Error('there is no newer build');
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (worker.state === 'installed') resolve();
        else if (worker.state === 'redundant') reject(new Error('the newer build was refused'));
      };
      worker.addEventListener('statechange', look);
      look();
    });
  }, face);
}

/** Which files of its build a page cannot load now, from whatever source. */
export function keptAll(
  page: Page,
  face: 'kiosk' | 'me',
): Promise<{ missing: string[]; isComplete: boolean }> {
  return page.evaluate(async (name) => {
    const cache = await caches.open(`jishan-page/${name}`);
    const list = (await (await cache.match(`/${name}/kept-files.json`))?.json()) as string[];
    const missing: string[] = [];
    for (const address of list) {
      const plain = address.replace(/\?.*$/, '');
      const answer = await fetch(plain).catch(() => null);
      if (answer?.ok !== true) missing.push(plain);
    }
    return { missing, isComplete: list.length > (name === 'kiosk' ? 200 : 30) };
  }, face);
}

/** Moves the page's clock, and lets it do what was due meanwhile. */
export async function letTimePass(page: Page, ms: number): Promise<void> {
  await page.clock.fastForward(ms);
  await sleep(100);
  // A round of the page's own clock, on which it looks for newer builds.
  await page.clock.fastForward(11_000).catch(() => undefined);
}

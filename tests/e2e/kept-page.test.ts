import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { newProfile } from '../support/killable-browser.ts';
import { BUILD, laterBuild, type PageServer, removeBuild, startPageServer } from '../support/page-server.ts';
import { keptAll, letTimePass, newerBuild, untilKept } from './pages/kept-page.ts';

const PAIR = '这台机器还没有配对';
const LATER = '这台机器还没有配过对';
const MINUTES = 60_000;

/** The counter's page, which the browser keeps: without the server, through updates, and back again. */
describe.skipIf(!hasChromium)('the kept page of the counter', () => {
  let server: PageServer;
  let browser: Browser;
  let later: string;
  let window: Window;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    later = laterBuild(BUILD, { [PAIR]: LATER });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    removeBuild(later);
  });
  beforeEach(async () => {
    server = await startPageServer(BUILD);
    window = await openWindow(browser, 'kiosk', server.origin, { serviceWorkers: 'allow' });
    ({ page, context } = window);
    await page.clock.install();
    await page.goto('/kiosk');
    await untilKept(page);
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
  });

  /** Closes the page and opens another: two windows of one counter step back from each other. */
  async function another(path: string): Promise<Page> {
    await page.close();
    page = await context.newPage();
    await page.clock.install();
    await page.goto(path);
    return page;
  }

  async function opensWithoutServer(words = PAIR): Promise<void> {
    await server.stop();
    await another('/kiosk');
    await page.getByText(words).waitFor();
    await server.start();
  }

  it('opens without the server at any path, with all its parts, in both languages', async () => {
    await server.stop();
    server.asked.length = 0;
    for (const path of ['/kiosk', '/kiosk/', '/kiosk/no/such/place?x=1#y']) {
      const startedMs = performance.now();
      await another(path);
      await page.getByText(PAIR).waitFor();
      console.log(`${path} is up after ${(performance.now() - startedMs).toFixed(0)} ms`);
    }
    await picture(page, 'kept-kiosk');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('This device is not paired yet').waitFor();
    expect(await keptAll(page, 'kiosk')).toEqual({ missing: [], isComplete: true });
    expect(server.asked).toEqual([]);
    expect(window.complaints).toEqual([]);
  });

  it('opens in a browser that was started anew with the server gone', async () => {
    const profile = newProfile();
    try {
      const first = await profile.open(`${server.origin}/kiosk`);
      await untilKept(first.page);
      await first.quit();
      await server.stop();
      const second = await profile.open(`${server.origin}/kiosk`);
      await second.page.getByText(PAIR).waitFor();
      await second.kill();
    } finally {
      profile.remove();
    }
  });

  it('leaves the API and everything but GET to the server', async () => {
    const ask = (path: string, method: string) =>
      page.evaluate(
        ([address, how]) =>
          fetch(address, { method: how }).then(
            ({ status }) => status,
            () => 'unreachable',
          ),
        [path, method] as const,
      );
    server.asked.length = 0;
    expect(await ask('/api/v1/kiosk/state', 'GET')).toBe(503);
    expect(await ask('/api/v1/kiosk/state', 'GET')).toBe(503);
    expect(await ask('/kiosk', 'HEAD')).toBe(200);
    expect(await ask('/kiosk/index.html', 'POST')).toBe(404);
    expect(server.asked).toEqual([
      'GET /api/v1/kiosk/state',
      'GET /api/v1/kiosk/state',
      'HEAD /kiosk',
      'POST /kiosk/index.html',
    ]);
    await server.stop();
    expect(await ask('/api/v1/kiosk/state', 'GET')).toBe('unreachable');
    expect(await ask('/kiosk', 'HEAD')).toBe('unreachable');
    await expect(page.goto('/kiosk/missing.js')).rejects.toThrow('ERR_CONNECTION_REFUSED');
    const names = await (await another('/kiosk')).evaluate(() => caches.keys());
    expect(names).toEqual(['jishan-page/kiosk']);
  });

  it('takes a newer build when nobody has touched it for a while, and goes back to the older one', async () => {
    server.serve(later);
    await newerBuild(page, 'kiosk');
    await page.mouse.click(300, 20);
    await letTimePass(page, 0.8 * MINUTES);
    await sleep(300);
    expect(await page.getByText(PAIR).isVisible()).toBe(true);
    await letTimePass(page, 0.5 * MINUTES);
    await page.getByText(LATER).waitFor();
    await opensWithoutServer(LATER);
    expect(await keptAll(page, 'kiosk')).toEqual({ missing: [], isComplete: true });

    server.serve(BUILD);
    await newerBuild(page, 'kiosk');
    await letTimePass(page, 1.3 * MINUTES);
    await page.getByText(PAIR).waitFor();
    await opensWithoutServer(PAIR);
    expect(await keptAll(page, 'kiosk')).toEqual({ missing: [], isComplete: true });
  });

  it('has its own old parts while it waits, though the server has them no longer', async () => {
    const [, own = ''] = /src="(\/assets\/kiosk-[^"]+)"/.exec(await page.content()) ?? [];
    server.serve(later);
    await newerBuild(page, 'kiosk');
    expect((await fetch(server.origin + own)).status).toBe(404);
    const status = () => page.evaluate((address) => fetch(address).then((answer) => answer.status), own);
    expect(await status()).toBe(200);
    // Also where another window has let the newer build take over meanwhile.
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/kiosk');
      registration?.waiting?.postMessage('take-over');
    });
    await expect
      .poll(() =>
        page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/kiosk'))?.waiting),
      )
      .toBeNull();
    expect(await status()).toBe(200);
    expect(await page.getByText(PAIR).isVisible()).toBe(true);
  });

  it('stays with its build when the newer one comes in part, spoilt, or not at all', async () => {
    server.serve(later);
    const spoils: Record<string, PageServer['before']> = {
      'a part is missing': (request, response, next) =>
        request.path.endsWith('.wasm') || /kiosk-.*\.js$/.test(request.path)
          ? void response.status(404).end()
          : next(),
      'a part is a page of the network’s log-in': (request, response, next) =>
        /kiosk-.*\.js$/.test(request.path) ? void response.type('html').send('<h1>log in</h1>') : next(),
      'a part breaks off': (request, response, next) => {
        if (!/kiosk-.*\.js$/.test(request.path)) {
          next();
          return;
        }
        response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Length': '90000' });
        response.write('export {}');
        setTimeout(() => response.destroy(), 50);
      },
      'there is no worker': (request, response, next) =>
        request.path.endsWith('/worker.js') ? void response.status(404).end() : next(),
      'the worker is a page': (request, response, next) =>
        request.path.endsWith('/worker.js') ? void response.type('html').send('<h1>log in</h1>') : next(),
    };
    for (const [name, before] of Object.entries(spoils)) {
      server.before = before;
      expect(await newerBuild(page, 'kiosk').catch(() => 'refused'), name).toBe('refused');
      server.before = null;
      await letTimePass(page, 1.3 * MINUTES);
      await opensWithoutServer();
    }
    await newerBuild(page, 'kiosk');
    await letTimePass(page, 1.3 * MINUTES);
    await page.getByText(LATER).waitFor();
  });

  it('is given up when the server says so, and keeps what is the counter’s own', async () => {
    await page.evaluate(() => localStorage.setItem('jishan.kiosk.paper', '80'));
    server.serve(BUILD, { keepsPages: false });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/kiosk'))?.update());
    await expect
      .poll(() =>
        page.evaluate(async () => [
          ...(await caches.keys()),
          ...(await navigator.serviceWorker.getRegistrations()),
        ]),
      )
      .toEqual([]);
    await another('/kiosk');
    await page.getByText(PAIR).waitFor();
    expect(await page.evaluate(() => localStorage.getItem('jishan.kiosk.paper'))).toBe('80');
    await server.stop();
    await expect(page.goto('/kiosk')).rejects.toThrow('ERR_CONNECTION_REFUSED');
    await server.start();
    server.serve(later);
    await another('/kiosk');
    await untilKept(page);
    await opensWithoutServer(LATER);
  });
});

describe.skipIf(!hasChromium)('a page over plain http', () => {
  it('is not kept, and says nothing of it', async () => {
    const server = await startPageServer(BUILD);
    const browser = await launchBrowser('--host-resolver-rules=MAP shop.test 127.0.0.1');
    const origin = server.origin.replace('127.0.0.1', 'shop.test');
    const { page, complaints } = await openWindow(browser, 'kiosk', origin, { serviceWorkers: 'allow' });
    await page.goto('/kiosk');
    await page.getByText(PAIR).waitFor();
    expect(await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator])).toEqual([
      false,
      false,
    ]);
    await page.goto('/me');
    await page.getByLabel('户号（卡上印着）').waitFor();
    await sleep(4000);
    expect(server.asked.filter((path) => path.includes('worker'))).toEqual([]);
    expect(complaints).toEqual([]);
    await browser.close();
    await server.stop();
  });
});

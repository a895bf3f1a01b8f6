import type { Browser, Page } from 'playwright-core';
import { Kiosk } from '../e2e/pages/kiosk.ts';
import { launchBrowser, openWindow } from '../support/browser.ts';
import { noteInput, SLOWER, watchFor } from './browser-times.ts';
import { type Bench, type Figure, quantile } from './figures.ts';
import { inFolder } from './folders.ts';
import { startProcess } from './processes.ts';
import { openShop, type Shop } from './shop.ts';

const RUNS = 200;
const LAN_LATENCY_MS = 2;
const SCAN_MS_MAX = 150;
/** The values of Lighthouse's "slow 4G". */
const SLOW = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const FACES = ['/', '/me/', '/board/', '/kiosk/', '/desk/'];

export const browserBench: Bench = {
  id: 'browser',
  title: 'In the browser, processor slowed four times',
  how:
    `Chromium against the real server, ${RUNS} customers one after another at the kiosk (1024×600, ${LAN_LATENCY_MS} ms to the server and ` +
    'back): from the scanner’s Enter to the balance on the screen, and from the tap on confirm to the done screen, both by the ' +
    'browser’s own clock and up to the next frame. First loads: an empty browser on slow 4G (150 ms, 1.6 Mbit/s), largest paint.',
  measure({ quick, say }) {
    return inFolder(async (dataDir) => {
      const shop = await openShop({ dataDir });
      const server = await startProcess('server', { dataDir });
      const browser = await launchBrowser();
      try {
        return [
          ...(await counter(browser, server.url, shop, quick ? 5 : RUNS, say)),
          ...(await firstLoads(browser, server.url, quick ? 1 : 7, say)),
        ];
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  },
};

async function counter(
  browser: Browser,
  origin: string,
  shop: Shop,
  runs: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const { page, context } = await openWindow(browser, 'kiosk', origin);
  await page.addInitScript(noteInput);
  const kiosk = new Kiosk(page);
  await kiosk.pair(shop.freeKiosk.pairingCode);
  await kiosk.signIn(shop.freeKiosk.volunteer, shop.freeKiosk.pin);
  const devTools = await context.newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await devTools.send('Network.enable');
  const lan = { offline: false, latency: LAN_LATENCY_MS, downloadThroughput: -1, uploadThroughput: -1 };
  await devTools.send('Network.emulateNetworkConditions', lan);
  const [scans, confirms]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    if (run % 50 === 0) say(`${run} of ${runs}`);
    const at = run % shop.cards.length;
    const shown = await watchFor(page, '.person', `户号 ${String(at + 1).padStart(3, '0')}`);
    await kiosk.scan(shop.cards[at] ?? '');
    scans.push(await shown());
    await page.getByRole('button', { name: '商品' }).first().click();
    const done = await watchFor(page, 'body', '兑好了');
    await kiosk.confirm();
    confirms.push(await done());
  }
  await context.close();
  const figure = (what: string, values: number[], atMost?: number): Figure => ({
    what,
    unit: 'ms',
    values: [quantile(values, 0.95)],
    ours: `middle ${quantile(values, 0.5).toFixed(0)} ms, most ${Math.max(...values).toFixed(0)} ms`,
    ...(atMost === undefined ? {} : { aim: { atMost } }),
  });
  return [figure('scan to balance, p95', scans, SCAN_MS_MAX), figure('confirm to done, p95', confirms)];
}

async function firstLoads(
  browser: Browser,
  origin: string,
  rounds: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const face of FACES) {
    say(face);
    const values: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { page, context } = await openWindow(browser, 'phone', origin);
      const devTools = await context.newCDPSession(page);
      await devTools.send('Network.enable');
      await devTools.send('Network.emulateNetworkConditions', SLOW);
      await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await page.goto(face, { waitUntil: 'networkidle' });
      values.push(await largestPaint(page));
      await context.close();
    }
    figures.push({ what: `first load of ${face}`, unit: 'ms', values });
  }
  return figures;
}

function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}

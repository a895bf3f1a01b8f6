import type { Page } from 'playwright-core';
import { eq } from 'drizzle-orm';
import { openStore } from '../../db/index.ts';
import { Kiosk } from '../e2e/pages/kiosk.ts';
import { launchBrowser, openWindow } from '../support/browser.ts';
import { noteInput, SLOWER, watchFor } from './browser-times.ts';
import { type Bench, type Figure, quantile } from './figures.ts';
import { inFolder } from './folders.ts';
import { startProcess } from './processes.ts';
import { openShop, type Shop } from './shop.ts';

const HOUSEHOLDS = 2000;
const RUNS = 200;
const SCAN_MS_MAX = 60;
/** Nobody puts one card away and holds the next one under the scanner in less. */
const BETWEEN_CARDS_MS = 500;

export const copyBench: Bench = {
  id: 'copy',
  title: 'At the counter without network, processor slowed four times',
  how:
    `Chromium at the kiosk’s size, a village of ${HOUSEHOLDS} households in its copy, the network cut: ${RUNS} cards one after another, ` +
    `${BETWEEN_CARDS_MS} ms from a balance to the next card, from the ` +
    'scanner’s Enter to the balance on the screen, by the browser’s own clock and up to the next frame.',
  measure({ quick, say }) {
    return inFolder(async (dataDir) => {
      const shop = await openShop({ dataDir }, { households: quick ? 50 : HOUSEHOLDS });
      await allowWithoutNetwork(dataDir, shop);
      const server = await startProcess('server', { dataDir });
      const browser = await launchBrowser();
      try {
        const { page, context } = await openWindow(browser, 'kiosk', server.url);
        await page.addInitScript(noteInput);
        const kiosk = new Kiosk(page);
        await kiosk.pair(shop.freeKiosk.pairingCode);
        await kiosk.signIn(shop.freeKiosk.volunteer, shop.freeKiosk.pin);
        await untilCopied(page);
        const devTools = await context.newCDPSession(page);
        await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        await context.setOffline(true);
        await page.getByText('没有网络').first().waitFor({ timeout: 60_000 });
        return [await scans(kiosk, shop, quick ? 5 : RUNS, say)];
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  },
};

async function scans(kiosk: Kiosk, shop: Shop, runs: number, say: (text: string) => void): Promise<Figure> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    if (run % 50 === 0) say(`${run} of ${runs}`);
    // Far apart, so that no two are of the same part of the copy.
    const at = (run * 997) % shop.cards.length;
    const shown = await watchFor(kiosk.page, '.person', `户号 ${String(at + 1).padStart(3, '0')}`);
    await kiosk.scan(shop.cards[at] ?? '');
    times.push(await shown());
    await kiosk.page.waitForTimeout(BETWEEN_CARDS_MS);
  }
  return {
    what: 'scan to balance from the copy, p95',
    unit: 'ms',
    values: [quantile(times, 0.95)],
    ours: `middle ${quantile(times, 0.5).toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms`,
    aim: { atMost: SCAN_MS_MAX },
  };
}

/** Sets the amount to which two people agree at the desk. */
async function allowWithoutNetwork(dataDir: string, { villageId }: Shop): Promise<void> {
  const store = await openStore({ dataDir });
  try {
    await store.transaction(async ({ db, t: { villages } }) => {
      const [village] = await db.select().from(villages).where(eq(villages.id, villageId));
      if (!village) throw new Error('the village is gone');
      const settings = { ...village.settings, withoutNetworkHundredths: 8000 };
      await db
        .update(villages)
        .set({ settings })
        .where(eq(villages.id, villageId))
        .returning({ id: villages.id });
    });
  } finally {
    await store.close();
  }
}

/** Waits until the whole copy is on the device's disk. */
async function untilCopied(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('jishan');
        opening.addEventListener('error', () => resolve(false));
        opening.addEventListener('success', () => {
          const database = opening.result;
          const asked = database.transaction('copy').objectStore('copy').getKey('head');
          asked.addEventListener('success', () => {
            database.close();
            resolve(asked.result !== undefined);
          });
        });
      }),
    undefined,
    { timeout: 60_000 },
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import words from '../../../client/kiosk/outbox/locales/zh-CN.ts';
import { ROWS_A_BATCH } from '../../../shared/outbox/answers.ts';
import type { OutboxRow } from '../../../shared/outbox/row.ts';
import { newerBuild, untilKept } from '../../e2e/pages/kept-page.ts';
import { BUILD } from '../page-server.ts';
import { rowsOnDisk } from '../rows-on-disk.ts';
import type { Order } from './hands.ts';
import type { RoughVillage } from './rough-village.ts';
import type { Tablet } from './tablet.ts';

const { strip, move, arrive } = words;

/** The browser's disk takes nothing more. Answers whether the counter said that nothing was recorded. */
export async function fillDisk(tablet: Tablet, order: Order): Promise<boolean> {
  await tablet.atRest();
  const { page, origin } = tablet;
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  // The browser counts what is left only every half minute.
  await expect.poll(() => page.evaluate(isFull), { timeout: 90_000, interval: 500 }).toBe(true);
  const ended = await tablet.serve(order);
  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  await browser.detach();
  await tablet.atRest();
  return ended === 'refused';
}

/** Runs in the page: tries to write into a database of its own. */
async function isFull(): Promise<boolean> {
  const database = await new Promise<IDBDatabase | null>((resolve) => {
    const opening = indexedDB.open('test.fill');
    opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => resolve(null);
  });
  if (database === null) return true;
  const isRefused = await new Promise<boolean>((resolve) => {
    const work = database.transaction('bytes', 'readwrite', { durability: 'strict' });
    work.objectStore('bytes').put('x'.repeat(10_000), 'once');
    work.oncomplete = () => resolve(false);
    work.onabort = () => resolve(true);
  });
  database.close();
  return isRefused;
}

/** The browser has thrown everything away. The desk takes in the file that was saved before, and the kiosk gets a new code. */
export async function evict(village: RoughVillage, tablet: Tablet): Promise<OutboxRow[]> {
  const rows = (await tablet.rows()).map(({ row }) => row);
  const { page, origin } = tablet;
  const browser = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await browser.detach();
  tablet.road.isCut = false;
  const { items = [] } = (await village.ask('GET', '/kiosks')) as { items?: { id: string; name: string }[] };
  const id = items.find(({ name }) => name === tablet.name)?.id ?? '';
  const { code } = await village.ask('POST', `/kiosks/${id}/code`);
  await takeIn(village, rows);
  await page.goto(`${origin}/kiosk/`);
  await tablet.pair(String(code));
  await untilKept(page);
  await tablet.restart();
  // Without a copy of the village nobody can come on duty once the network is gone.
  await tablet.atRest();
  await hasCopy(tablet.page);
  return rows;
}

async function hasCopy(page: Page): Promise<void> {
  await vi.waitFor(async () => expect(await rowsOnDisk(page, 'copy')).not.toEqual([]), {
    timeout: 60_000,
    interval: 200,
  });
}

export async function takeIn(village: RoughVillage, rows: readonly OutboxRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_BATCH)
    await village.ask('POST', '/outbox/files', { rows: rows.slice(at, at + ROWS_A_BATCH) });
}

/** Somebody opens the kiosk in one more window, and goes on there. */
export async function anotherWindow(tablet: Tablet): Promise<void> {
  const old = tablet.page;
  const page = await old.context().newPage();
  await page.goto(`${tablet.origin}/kiosk/`);
  await page.getByRole('button', { name: '在这里接着办' }).click({ timeout: 60_000 });
  await tablet.use(page);
  await tablet.atRest();
  await old.close();
}

/** The server gets another address while rows of this kiosk wait, and somebody takes it there. */
export async function changeAddress(
  village: RoughVillage,
  tablet: Tablet,
  orders: readonly Order[],
): Promise<void> {
  tablet.road.losesRows = true;
  for (const order of orders) await tablet.serve(order);
  await tablet.atRest();
  const old = tablet.page;
  await village.ask('POST', '/address', { origin: tablet.otherOrigin, isKept: true });
  await old.reload();
  const patient = { timeout: 60_000 };
  await old.getByRole('banner').getByRole('button', { name: strip.moved }).click(patient);
  const opening = old.context().waitForEvent('page', patient);
  await old.getByRole('button', { name: move.go }).click(patient);
  const arrived = await opening;
  await arrived.getByRole('button', { name: arrive.take }).click(patient);
  await arrived.getByRole('button', { name: arrive.goOn }).waitFor(patient);
  await tablet.moveTo(arrived);
  await tablet.setClock();
  await arrived.getByRole('button', { name: arrive.goOn }).click(patient);
  await old.close();
  tablet.road.losesRows = false;
  await tablet.atRest();
  await hasCopy(arrived);
  await untilKept(arrived);
  // The browser writes the last state later than the pairing. Killed between the two, it opens without network to nothing.
  await tablet.restart();
  await tablet.atRest();
}

/** Somebody at the desk compares the keys that came without a pairing, and confirms them. */
export async function confirmKeys(village: RoughVillage): Promise<void> {
  const { items = [] } = (await village.ask('GET', '/outbox/devices')) as {
    items?: { id: string; signs: boolean; confirmedAtMs: number | null }[];
  };
  for (const { id, signs, confirmedAtMs } of items)
    if (signs && confirmedAtMs === null) await village.ask('POST', `/outbox/devices/${id}/confirmation`);
}

/** The server has another build. The browser fetches it, and changes over when it is opened next, or when nobody touches it. */
export async function update(tablet: Tablet, later: string): Promise<void> {
  const build = tablet.build === BUILD ? later : BUILD;
  tablet.serveBuild(build);
  // The page looks for newer builds by itself, too, and may be the first.
  await newerBuild(tablet.page, 'kiosk').catch((error: unknown) => {
    if (!String(error).includes('there is no newer build')) throw error;
  });
}

/** The server dies in the midst of work, and somebody starts it again. */
export async function killServer(village: RoughVillage, afterMs: number): Promise<void> {
  await sleep(afterMs);
  await village.kill();
  await sleep(1000);
  await village.start();
}

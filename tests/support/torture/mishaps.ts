import { setTimeout as sleep } from 'node:timers/promises';
import { ROWS_A_BATCH } from '../../../shared/outbox/answers.ts';
import type { OutboxRow } from '../../../shared/outbox/row.ts';
import { newerBuild } from '../../e2e/pages/kept-page.ts';
import type { RoughVillage } from './rough-village.ts';
import type { Order, Tablet } from './tablet.ts';

/** The browser's disk takes nothing more. Answers whether the counter said that nothing was recorded. */
export async function fillDisk(tablet: Tablet, order: Order): Promise<boolean> {
  await tablet.atRest();
  const { page, server } = tablet;
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: 1 });
  const ended = await tablet.serve(order);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: server.origin });
  await browser.detach();
  await tablet.atRest();
  return ended === 'refused';
}

/** The browser has thrown everything away. The desk takes in the file that was saved before, and the kiosk gets a new code. */
export async function evict(village: RoughVillage, tablet: Tablet): Promise<OutboxRow[]> {
  const rows = (await tablet.rows()).map(({ row }) => row);
  const { page, server } = tablet;
  const browser = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  await browser.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'all' });
  await browser.detach();
  tablet.road.isCut = false;
  const { items = [] } = (await village.ask('GET', '/kiosks')) as { items?: { id: string; name: string }[] };
  const id = items.find(({ name }) => name === tablet.name)?.id ?? '';
  const { code } = await village.ask('POST', `/kiosks/${id}/code`);
  await takeIn(village, rows);
  await page.goto(`${server.origin}/kiosk/`);
  await tablet.pair(String(code));
  await tablet.restart();
  return rows;
}

export async function takeIn(village: RoughVillage, rows: readonly OutboxRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_BATCH)
    await village.ask('POST', '/outbox/files', { rows: rows.slice(at, at + ROWS_A_BATCH) });
}

/** Somebody opens the kiosk in one more window, and goes on there. */
export async function anotherWindow(tablet: Tablet): Promise<void> {
  const old = tablet.page;
  const page = await old.context().newPage();
  await page.goto(`${tablet.server.origin}/kiosk/`);
  await page.getByRole('button', { name: '在这里接着办' }).click({ timeout: 60_000 });
  await tablet.use(page);
  await tablet.atRest();
  await old.close();
}

/** The server has a newer build. The browser fetches it, and changes over when it is opened next. */
export async function update(tablet: Tablet, build: string): Promise<void> {
  tablet.server.serve(build);
  await newerBuild(tablet.page, 'kiosk');
}

/** The server dies in the midst of work, and somebody starts it again. */
export async function killServer(village: RoughVillage, afterMs: number): Promise<void> {
  await sleep(afterMs);
  await village.kill();
  await sleep(1000);
  await village.start();
}

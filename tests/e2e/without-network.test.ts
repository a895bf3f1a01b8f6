import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { type Ask, demoAdmin, type DemoLogins, readDemoLogins, stockPens } from '../support/demo-village.ts';
import { BUILD, type PageServer, startPageServer } from '../support/page-server.ts';
import { type Program, startProgram } from '../support/program.ts';

import found from '../../client/kiosk/parts/find/locales/zh-CN.ts';
import { notices } from '../../client/kiosk/locales/zh-CN/notices.ts';
import { serving } from '../../client/kiosk/locales/zh-CN/serving.ts';
import { untilKept } from './pages/kept-page.ts';
import { Kiosk } from './pages/kiosk.ts';

const { wait } = serving;

/** A volunteer serves through a day without network, and everything is booked once when it is back. */
describe.skipIf(!hasChromium)('a counter without network', () => {
  let program: Program;
  let server: PageServer;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let kiosk: Kiosk;
  let logins: DemoLogins;
  let admin: Ask;
  let pens: string;
  let card: string;
  let before: number;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    admin = await demoAdmin(program, logins);
    pens = await stockPens(admin);
    await admin('PATCH', '/village', { settings: { withoutNetworkHundredths: 6000 } });
    server = await startPageServer(BUILD, program);
    browser = await launchBrowser();
    window = await openWindow(browser, 'kiosk', server.origin, { serviceWorkers: 'allow' });
    page = window.page;
    kiosk = new Kiosk(page);
    await kiosk.pair(logins.kioskPairingCode);
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    await untilKept(page);
    card = logins.households[0]?.card ?? '';
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await program.stop();
  });

  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const late = async () => (await admin('GET', '/outbox/late?open=false')) as { items: { kind: string }[] };

  async function handOut(pieces: number): Promise<void> {
    for (let piece = 0; piece < pieces; piece += 1) await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(pieces);
    await page.getByRole('button', { name: /^先换走/ }).click();
    await heading('已记在本机').waitFor();
  }

  async function endShift(): Promise<void> {
    await page.getByRole('button', { name: /^当班/ }).click();
    await page.getByRole('button', { name: '交班', exact: true }).click();
    await page.getByRole('button', { name: '不数，直接交班' }).click();
  }

  it('hands out by rows while the network is there', async () => {
    await kiosk.scanCard(card);
    before = await kiosk.balance();
    await kiosk.scan(pens);
    await kiosk.confirm();
    await kiosk.next();
  });

  it('finds the card in its copy, hands out and undoes', async () => {
    await window.context.setOffline(true);
    await page.getByText('没有网络').first().waitFor({ timeout: 10_000 });
    await kiosk.scanCard(card);
    await picture(page, 'without-network-serve');
    await handOut(2);
    await picture(page, 'without-network-done');
    await page.getByRole('button', { name: /^撤销这一笔$/ }).click();
    await page.getByRole('button', { name: '撤销，积分退回' }).click();
    await heading('撤销已记在本机').waitFor();
    await kiosk.next();
    await kiosk.scanCard(card);
    await handOut(1);
    await kiosk.next();
  });

  it('finds a household by its name in the copy, and hands out by its card alone', async () => {
    const { number = '' } = logins.households[0] ?? {};
    const { items } = (await admin('GET', `/households?q=${number}`)) as { items: { head: string }[] };
    await page.getByText(wait.lead).waitFor();
    await page.getByRole('button', { name: wait.byName }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(items[0]?.head.slice(0, 1) ?? '');
    await dialog.getByText(found.find.copied).waitFor();
    await picture(page, 'without-network-find');
    await dialog.getByRole('textbox').fill(items[0]?.head.slice(-1) ?? '');
    await dialog.getByRole('button', { name: new RegExp(`${number}$`) }).click();
    await page.locator('.serve:has(.goods-card) .balance').waitFor();
    const known = await kiosk.balance();
    await kiosk.scan(pens);
    await page.getByRole('button', { name: /^先换走/ }).click();
    await page.getByText('没网的时候要刷卡').waitFor();
    await picture(page, 'without-network-found');
    await kiosk.scanCard(card);
    expect([await kiosk.balance(), await kiosk.pieces()]).toEqual([known, 1]);
    await page.getByRole('button', { name: '换一户' }).click();
    await page.getByText('请刷卡').first().waitFor();
  });

  it('opens anew, ends its shift and begins another', async () => {
    await page.reload();
    await page.getByText('请刷卡').first().waitFor();
    // The page knows by its rows what it handed out last.
    await page.getByRole('button', { name: /^撤销上一笔/ }).click();
    await page.getByRole('button', { name: '撤销，积分退回' }).click();
    await page.getByText('撤销已记在本机').first().waitFor();
    await kiosk.scanCard(card);
    await handOut(1);
    await kiosk.next();
    await setFull(page, true);
    await endShift();
    await page.getByText(notices.notice.shiftNotKept.title).waitFor();
    await picture(page, 'without-network-shift-not-kept');
    await setFull(page, false);
    await endShift();
    await page.getByText('今天谁当班？').waitFor();
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    await kiosk.scanCard(card);
    await handOut(1);
    await kiosk.next();
  });

  it('brings everything in once the network is back', async () => {
    await window.context.setOffline(false);
    await page.getByText(/网通了/).waitFor({ timeout: 20_000 });
    await picture(page, 'without-network-back');

    await expect.poll(async () => (await late()).items.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(7);
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    await kiosk.scanCard(card);
    await expect.poll(() => kiosk.balance()).toBeLessThan(before);
  });
});

/** Makes this page's disk refuse new rows, or take them again. */
async function setFull(page: Page, isFull: boolean): Promise<void> {
  await page.evaluate((isNow) => {
    const store = IDBObjectStore.prototype as unknown as Record<string, unknown>;
    store.whole ??= store.add;
    store.add = isNow
      ? () => {
          throw new DOMException('full', 'QuotaExceededError');
        }
      : store.whole;
  }, isFull);
}

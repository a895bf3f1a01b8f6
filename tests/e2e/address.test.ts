import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachableAddresses } from '../../server/address/own-addresses.ts';
import { hasChromium, launchBrowser, openWindow, type Window } from '../support/browser.ts';
import { openRaw } from '../support/raw.ts';
import { startServer } from '../support/server-process.ts';
import { isMissing } from '../support/tools.ts';
import { AddressDesk, readQr } from './pages/address.ts';
import { Desk } from './pages/desk.ts';

const ADMIN = { name: '王芳', username: 'wangfang', password: 'three brown hens' };
const LOST = 'http://192.168.77.9:8080';
const [ownAddress] = reachableAddresses(networkInterfaces());

/** A village on a computer with a network, its desk opened on that computer itself. */
describe.skipIf(!hasChromium || isMissing('zbarimg') || ownAddress === undefined)('the address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-address-'));
  const place = { dataDir: join(folder, 'data'), databaseUrl: undefined };
  let server: Awaited<ReturnType<typeof startServer>>;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let desk: Desk;
  let address: AddressDesk;
  let own = '';

  async function begin(): Promise<void> {
    server = await startServer(place, { env: { HOST: '0.0.0.0' } });
    own = `http://${ownAddress}:${new URL(server.url).port}`;
    window = await openWindow(browser, 'desk', server.url);
    page = window.page;
    desk = new Desk(page);
    address = new AddressDesk(page);
  }

  beforeAll(async () => {
    browser = await launchBrowser();
    await begin();
    await desk.setUp('清河村', '谷旦镇', ADMIN);
  });
  afterAll(async () => {
    await browser.close();
    await server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Adds a kiosk; answers the link that a tablet's camera finds in the dialog, and the typed code beside it. */
  async function scanPairing(name: string): Promise<{ link: string; typed: string }> {
    await page.goto('/desk/shop');
    await page.getByRole('button', { name: '新增兑换台' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill(name);
    await dialog.getByRole('button', { name: '新增兑换台' }).click();
    await dialog.locator('.secret').waitFor();
    const code = dialog.getByRole('img', { name: `配对二维码：${name}` });
    // The addresses come after the dialog: one is offered, or the code of the chosen one is there.
    await address.choice(own).or(code).first().waitFor();
    if (await address.choice(own).isVisible()) await address.choose(own);
    const link = await readQr(code);
    return { link, typed: (await dialog.locator('.secret').innerText()).replaceAll(' ', '') };
  }

  async function tablet(link: string): Promise<Window> {
    const other = await openWindow(browser, 'kiosk', own);
    await other.page.goto(link);
    return other;
  }

  it('is looked for by somebody who stays logged in, though a page was left before its renewal was answered', async () => {
    const loseAnswer = async (route: Route) => {
      const headers = { ...(await route.request().allHeaders()), 'content-type': 'application/json' };
      // Not by Playwright, which would keep the cookie of the answer.
      expect((await fetch(route.request().url(), { method: 'POST', headers, body: '{}' })).status).toBe(200);
      await route.abort();
    };
    await page.route('**/session/refresh', loseAnswer, { times: 1 });
    const spent = page.waitForEvent('requestfailed');
    await page.goto('/desk/shop');
    await spent;
    await page.goto('/desk/shop');
    await page.getByRole('button', { name: '新增兑换台' }).waitFor();
  });

  it('is chosen in the pairing dialog itself, and its QR pairs a tablet at one tap', async () => {
    const { link, typed } = await scanPairing('一号台');
    expect(link).toBe(`${own}/kiosk/#pair=${typed}`);
    const first = await tablet(link);
    await first.page.getByRole('button', { name: '配对这台' }).click();
    await first.page.getByText('今天谁当班？').waitFor();
    expect(first.page.url()).toBe(`${own}/kiosk/`);
    await page.getByText('配对成功，可以开始兑换了').waitFor();

    const late = await tablet(link);
    await late.page.getByRole('button', { name: '配对这台' }).click();
    await late.page.getByText('或者已经用过').waitFor();
    await late.page.getByRole('button', { name: '配对', exact: true }).waitFor();
    expect(late.page.url()).toBe(`${own}/kiosk/`);
    await late.context.close();

    // A code that a paired tablet meets is left for another tablet.
    await page.getByRole('dialog').getByRole('button', { name: '完成' }).click();
    const next = await scanPairing('二号台');
    await first.page.goto('about:blank');
    await first.page.goto(next.link);
    await first.page.getByText('它就是“一号台”').waitFor();
    expect(first.page.url()).toBe(`${own}/kiosk/`);
    await first.page.getByRole('button', { name: '接着用这台' }).click();
    await first.page.getByText('今天谁当班？').waitFor();
    const second = await tablet(next.link);
    await second.page.getByRole('button', { name: '配对这台' }).click();
    await second.page.getByText('今天谁当班？').waitFor();
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await first.context.close();
    await second.context.close();
  });

  it('is asked about before it goes onto cards: whether the router keeps it', async () => {
    const roster = 'db/starter/roster-sample.xlsx';
    await desk.importPaper('roster', roster);
    await page.goto('/desk/cards');
    await address.keepQuestion.waitFor();
    expect(await address.keepQuestion.innerText()).toContain(String(ownAddress));
    await address.confirmKept();
    await page.reload();
    await page.getByRole('heading', { name: '打印哪些卡' }).waitFor();
    expect(await address.keepQuestion.count()).toBe(0);
  });

  it('stands large on its page, with a QR for tablet, phones and TV', async () => {
    await address.open();
    await page.getByText('路由器已固定', { exact: true }).waitFor();
    for (const door of ['kiosk', 'me', 'board']) {
      const whole = `${own}/${door}/`;
      expect(await readQr(page.getByRole('img', { name: `二维码：${whole}` }))).toBe(whole);
    }
    const main = await page.locator('main').innerText();
    expect(main).not.toMatch(/localhost|PUBLIC_URL/);
  });

  it('that is typed must be one, and is said so before anything is sent', async () => {
    await page.getByText('换一个地址').click();
    await page.getByText('或者自己填一个').first().click();
    const field = page.getByRole('textbox', { name: '或者自己填一个' });
    const use = page.getByRole('button', { name: '用这个', exact: true });
    await field.fill('jishan');
    await use.click();
    await page.getByText('请写成 http:// 或 https:// 开头').waitFor();
    await field.fill('http://localhost:8080');
    await page.getByText('只有这台电脑自己能打开').waitFor();
  });

  it('that the computer lost is told at the start and on the desk, and another is chosen there', async () => {
    await window.context.close();
    await server.kill('SIGTERM');
    const raw = await openRaw(place);
    await raw.run(`update villages set settings = json_set(settings, '$.address.origin', '${LOST}')`);
    await raw.close();
    await begin();
    expect(server.said.out).toContain(`注意：清河村选定的地址 ${LOST} 这台电脑已经没有了`);
    await desk.logIn(ADMIN.username, ADMIN.password);
    await page.getByRole('link', { name: /这台电脑的地址变了/ }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: `原来 ${LOST}，现在 ${own}` })
      .waitFor();
    await address.choose(own);
    await page.getByText('还没固定，可能会变').waitFor();
    const summary = page.waitForResponse(/\/village\/summary$/);
    await page.goto('/desk/');
    expect(await (await summary).json()).toMatchObject({ movedAddress: null });
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    expect(await page.getByRole('link', { name: /这台电脑的地址变了/ }).count()).toBe(0);
    expect(window.complaints).toEqual([]);
  });
});

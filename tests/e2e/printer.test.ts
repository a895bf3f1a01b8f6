import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_BASE } from '../../shared/api-base.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { decodeSlip, drawn } from '../support/decode-slip.ts';
import { type FakePrinter, startFakePrinter, thisMachine } from '../support/fake-printer.ts';
import { cardCodeOf } from '../support/presence.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';
import { Kiosk } from './pages/kiosk.ts';

const RICE = '6907001011100';

/** The whole way, from the desk that sets the printer to the bytes that come out of the server. */
describe.skipIf(!hasChromium)('the shop’s printer', () => {
  let server: TestServer;
  let printer: FakePrinter;
  let browser: Browser;
  let till: Window;
  let page: Page;
  let kiosk: Kiosk;
  let card: string;

  beforeAll(async () => {
    const screensFolder = join(import.meta.dirname, '../../dist/client');
    server = await startTestServer('sqlite', { printerNetwork: thisMachine(), screensFolder });
    printer = await startFakePrinter();
    browser = await launchBrowser();
    await addGoods(server, { name: '大米5kg', price: 100, barcode: RICE }, { quantity: 99, costFen: 900 });
    const household = await addHousehold(server, 10_000, '郝秀花');
    card = (await cardCodeOf(server, household.id)) ?? '';
    till = await openWindow(browser, 'kiosk', server.url);
    page = till.page;
    kiosk = new Kiosk(page);
    const { headers } = await server.asKiosk();
    const { Authorization = '', 'X-Shift': shift = '' } = headers;
    await page.addInitScript(
      ([device = '', token = '']) => {
        localStorage.setItem('jishan.kiosk.device', device);
        localStorage.setItem('jishan.kiosk.shift', token);
        // Chromium without a head has no dialog for printing.
        window.print = () => {
          const slip = document.querySelector('.sheet--roll')?.textContent ?? '';
          document.documentElement.dataset.printed = slip;
          window.dispatchEvent(new Event('afterprint'));
        };
      },
      [Authorization.replace('Kiosk ', ''), shift],
    );
  });
  afterAll(async () => {
    await browser.close();
    await printer.close();
    await server.remove();
  });

  const lastSlip = () => drawn(decodeSlip(printer.jobs.at(-1) ?? Buffer.alloc(0)));
  const byBrowser = () => page.evaluate(() => document.documentElement.dataset.printed ?? '');
  const forgetBrowser = () => page.evaluate(() => delete document.documentElement.dataset.printed);
  const printSlip = () => page.getByRole('button', { name: '打印小票' }).click();
  const trouble = () => page.locator('.trouble');

  async function handOut(): Promise<void> {
    const next = page.getByRole('button', { name: '下一位' });
    if (await next.isVisible()) await next.click();
    await kiosk.scanCard(card);
    await kiosk.scan(RICE);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await kiosk.confirm();
  }

  async function deskOf(size: 'desk' | 'phone', { username, password }: StaffCaller): Promise<Page> {
    const { page: desk } = await openWindow(browser, size, server.url);
    await new Desk(desk).logIn(username, password);
    await desk.getByRole('heading', { name: /您好/ }).waitFor();
    return desk;
  }

  it('is not offered where the village has none: the browser prints', async () => {
    await page.goto('/kiosk/');
    await page.getByText('请刷卡').first().waitFor();
    await handOut();
    await printSlip();
    await expect.poll(byBrowser).toContain('兑换凭条');
    expect(printer.connections()).toBe(0);
    await page.getByRole('button', { name: /打开菜单$/ }).click();
    await page.getByText('小票纸宽').waitFor();
    expect(await page.getByText('小票从哪里打').count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('is set at the desk by two people, and tried out there', async () => {
    const shopkeeper = await deskOf('desk', await server.asStaff('shopkeeper'));
    await shopkeeper.goto('/desk/shop');
    const section = shopkeeper.locator('section', {
      has: shopkeeper.getByRole('heading', { name: '小票机' }),
    });
    await section.getByRole('button', { name: '设置小票机' }).click();
    const dialog = shopkeeper.getByRole('dialog');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('请填写地址').waitFor();
    await picture(shopkeeper, 'printer-set');
    await dialog.getByLabel('小票机的地址').fill('8.8.8.8');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('这个地址不能用').waitFor();
    await picture(shopkeeper, 'printer-refused');
    await dialog.getByRole('button', { name: '取消' }).click();
    // The printers of tests listen at ports that no village has, so the change is handed in without the form.
    const place = { host: '127.0.0.1', port: printer.port, paper: 58 as const, cuts: true };
    const body = { operation: 'printers.set', params: {}, body: place, reason: '新买的小票机' } as never;
    await server.must('changes.propose', { as: server.admin, body });
    const approver = await deskOf('phone', await server.asStaff('approver'));
    const changes = new Changes(approver);
    await changes.open();
    await approver.getByText('设置超市的小票机').first().waitFor();
    await picture(approver, 'printer-agree', { fullPage: true });
    await changes.agree();
    await shopkeeper.goto('/desk/shop');
    await section.getByRole('button', { name: '打印一张试试' }).click();
    await section.getByText('已经送到小票机').waitFor();
    expect(lastSlip()).toContain('试打');
    await section.scrollIntoViewIfNeeded();
    await picture(shopkeeper, 'printer-tested');
  });

  it('prints the slip of a hand-over, and a second press is a reprint', async () => {
    await page.reload();
    await page.getByText('请刷卡').first().waitFor();
    const before = printer.jobs.length;
    await handOut();
    await printSlip();
    await expect.poll(() => printer.jobs.length).toBe(before + 1);
    expect(lastSlip()).toMatch(/大米5kg ×1 +1\n/);
    expect(lastSlip()).toContain('郝*花');
    expect(lastSlip()).not.toContain('补打');
    await page.getByText('没打出来也不要紧').waitFor();
    await printSlip();
    await expect.poll(() => printer.jobs.length).toBe(before + 2);
    expect(lastSlip()).toContain('补打');
    expect(await byBrowser()).toBe('');
  });

  it('is chosen or not on each device', async () => {
    const before = printer.jobs.length;
    await page.getByRole('button', { name: /打开菜单$/ }).click();
    await page.getByRole('button', { name: '店里的小票机', pressed: true }).waitFor();
    expect(await page.getByText('小票纸宽').count()).toBe(0);
    await picture(page, 'printer-station');
    await page.getByRole('button', { name: '这台设备的打印机' }).click();
    await page.getByText('小票纸宽').waitFor();
    await page.keyboard.press('Escape');
    await printSlip();
    await expect.poll(byBrowser).toContain('兑换凭条');
    expect(printer.jobs).toHaveLength(before);
    await forgetBrowser();
    await page.getByRole('button', { name: /打开菜单$/ }).click();
    await page.getByRole('button', { name: '店里的小票机' }).click();
    await page.keyboard.press('Escape');
  });

  it('that fails says so and locks nothing; a person prints again, or by the browser', async () => {
    printer.temper = 'no paper';
    await handOut();
    await printSlip();
    await trouble().getByText('小票机没纸了').waitFor();
    await picture(page, 'printer-trouble');
    const before = printer.connections();
    await page.waitForTimeout(1500);
    expect(printer.connections()).toBe(before);
    await trouble().getByRole('button', { name: '用浏览器打印' }).click();
    await expect.poll(byBrowser).toContain('补打');
    expect(await trouble().count()).toBe(0);
    await forgetBrowser();
    await handOut();
    await printSlip();
    await trouble().getByText('小票机没纸了').waitFor();
    printer.temper = 'good';
    await trouble().getByRole('button', { name: '再打一次' }).click();
    await expect.poll(() => trouble().count()).toBe(0);
    expect(lastSlip()).toContain('兑换凭条');
  });

  it('that is slow keeps nobody from the next household, who is told of it all the same', async () => {
    printer.temper = 'hangs up';
    await handOut();
    await page.route(`**${API_BASE}/kiosk/receipts`, async (route) => {
      const response = await route.fetch();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.fulfill({ response });
    });
    await printSlip();
    await page.getByText('正在打小票').waitFor();
    await page.getByRole('button', { name: '下一位' }).click();
    await kiosk.scanCard(card);
    await trouble().getByText('打到一半断了').waitFor();
    await trouble().getByText('那一户已经离开屏幕').waitFor();
    expect(await trouble().getByRole('button', { name: '用浏览器打印' }).count()).toBe(0);
    await picture(page, 'printer-trouble-late');
    await trouble().getByRole('button', { name: '知道了' }).click();
    await page.unroute(`**${API_BASE}/kiosk/receipts`);
    printer.temper = 'good';
  });

  it('is passed over while the server is gone: the browser prints', async () => {
    await page.getByRole('button', { name: '换一户' }).click();
    await handOut();
    await page.route(`**${API_BASE}/kiosk/receipts`, (route) => route.abort());
    await printSlip();
    await expect.poll(byBrowser).toContain('兑换凭条');
    expect(await byBrowser()).not.toContain('补打');
    await page.unroute(`**${API_BASE}/kiosk/receipts`);
    await forgetBrowser();
  });

  it('prints statements and reprints', async () => {
    await page.getByRole('button', { name: '下一位' }).click();
    await kiosk.openStatement();
    await kiosk.scanCard(card);
    const before = printer.jobs.length;
    await page.getByRole('button', { name: '打印对账单' }).click();
    await expect.poll(() => printer.jobs.length).toBe(before + 1);
    expect(lastSlip()).toContain('积分对账单');
    await page.getByRole('button', { name: '看好了' }).click();
    await page.getByRole('button', { name: /打开菜单$/ }).click();
    await page.getByRole('button', { name: /最近/ }).click();
    await page.getByRole('button', { name: /^补打/ }).first().click();
    await expect.poll(() => printer.jobs.length).toBe(before + 2);
    expect(lastSlip()).toContain('补打');
    expect(till.complaints).toEqual([]);
  });
});

import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, SIZES, type Window } from '../support/browser.ts';
import { type Ask, demoAdmin, type DemoLogins, readDemoLogins } from '../support/demo-village.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { Desk } from './pages/desk.ts';

const STOCK_IN = '**/api/v1/goods/*/stock';
const UNCLEAR = '不知道这一笔记上了没有';
const ASK = '再问一次（不会重复记账）';
const SIZES_LOOKED_AT = ['desk', 'phone'] as const;

interface Item {
  readonly id: string;
  readonly name: string;
  readonly stock: number;
}

/** A sending without an answer stays as it was sent, is asked about, and is booked once. */
describe.skipIf(!hasChromium)('a delivery whose answer was lost', () => {
  let program: Program;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let logins: DemoLogins;
  let ask: Ask;
  let items: Item[];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    ask = await demoAdmin(program, logins);
    items = await goods();
    browser = await launchBrowser();
    window = await openWindow(browser, 'desk', program.origin);
    ({ page } = window);
    await logIn('admin');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(role: string): Promise<void> {
    const person = logins.staff.find((one) => one.role === role);
    await new Desk(page).logIn(person?.username ?? '', person?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
  }

  async function goods(): Promise<Item[]> {
    const { items: all } = (await ask('GET', '/goods')) as { items?: Item[] };
    return (all ?? []).filter((item) => typeof item.stock === 'number');
  }

  async function stockOf({ id }: Item): Promise<number> {
    return (await goods()).find((item) => item.id === id)?.stock ?? Number.NaN;
  }

  function item(at: number): Item {
    const found = items[at];
    if (!found) throw new Error('the demo village has fewer goods');
    return found;
  }

  /** The first so many requests reach the server. No answer comes back, to them and to all that follow. */
  async function loseAnswers(reaching: number): Promise<void> {
    let sent = 0;
    await page.route(STOCK_IN, async (route: Route) => {
      sent += 1;
      if (sent <= reaching) await route.fetch();
      await route.abort();
    });
  }

  async function startDelivery(which: Item, pieces: number): Promise<Locator> {
    await page.goto('/desk/goods/stock-in');
    await page.getByLabel('查找').fill(which.name);
    await page.getByRole('button', { name: which.name, exact: true }).first().click();
    const row = page.locator('.rows > li').filter({ hasText: which.name }).last();
    await row.getByLabel('数量').fill(String(pieces));
    await row.getByLabel('总价').fill('100');
    return row;
  }

  const isAsked = (place: Page | Locator) => place.getByRole('button', { name: ASK });

  it('is locked, comes back locked after a reload, and is booked once with what was sent', async () => {
    const rice = item(0);
    const row = await startDelivery(rice, 10);
    await loseAnswers(1);
    await page.getByRole('button', { name: '1 样一起入账' }).click();
    await row.getByText(UNCLEAR).waitFor();
    await isAsked(row).and(page.locator(':enabled')).waitFor();
    expect(await row.getByLabel('数量').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: '1 样一起入账' }).count()).toBe(0);
    expect(await lookAt(page, 'unclear-delivery', { sizes: SIZES_LOOKED_AT, touch: 44 })).toEqual([]);
    await page.setViewportSize(SIZES.desk);

    await page.reload();
    await row.getByText(UNCLEAR).waitFor();
    expect(await row.getByLabel('数量').inputValue()).toBe('10');
    await isAsked(row).and(page.locator(':enabled')).waitFor();
    await page.unroute(STOCK_IN);
    await isAsked(row).click();
    await row.getByText('10 ').and(row.locator('.done')).waitFor();
    expect(await stockOf(rice)).toBe(rice.stock + 10);
    await page.getByRole('button', { name: '清空，另开一单' }).click();
  });

  it('is sent a second time only by who was warned and wants it', async () => {
    const oil = item(1);
    const row = await startDelivery(oil, 5);
    await loseAnswers(1);
    await page.getByRole('button', { name: '1 样一起入账' }).click();
    await isAsked(row).and(page.locator(':enabled')).waitFor();
    await row.getByRole('button', { name: '放弃这一笔，重新填写' }).click();
    await row.getByText('刚才那一笔可能已经收到了').waitFor();
    expect(await row.getByLabel('数量').isDisabled()).toBe(true);
    await row.getByRole('button', { name: '不，先留着' }).click();
    await isAsked(row).waitFor();
    await row.getByRole('button', { name: '放弃这一笔，重新填写' }).click();
    await row.getByRole('button', { name: '确定，重新填写' }).click();
    await expect.poll(() => row.getByLabel('数量').isEnabled()).toBe(true);
    expect(await row.getByLabel('数量').inputValue()).toBe('');
    await page.unroute(STOCK_IN);
    await row.getByLabel('数量').fill('7');
    await row.getByLabel('总价').fill('70');
    await page.getByRole('button', { name: '1 样一起入账' }).click();
    await row.locator('.done').waitFor();
    expect(await stockOf(oil)).toBe(oil.stock + 12);
  });

  it('stays with its own item when its dialog is closed, and with its own person', async () => {
    const [salt, soap] = [item(2), item(3)];
    const dialog = page.getByRole('dialog');
    const open = (which: Item) => new Desk(page).openStockIn(which.name);
    await page.goto('/desk/goods');
    await open(salt);
    await dialog.getByLabel('数量').fill('10');
    await dialog.getByLabel('总价').fill('50');
    await loseAnswers(0);
    await dialog.getByRole('button', { name: '进货' }).click();
    await isAsked(dialog).and(page.locator(':enabled')).waitFor();
    expect(await lookAt(page, 'unclear-dialog', { sizes: SIZES_LOOKED_AT, touch: 44 })).toEqual([]);
    await page.setViewportSize(SIZES.desk);
    await page.keyboard.press('Escape');
    // No screen shows it now: it is named above the page.
    const above = page.getByRole('alert').filter({ hasText: `进货：${salt.name} 10` });
    await above.waitFor();
    expect(await lookAt(page, 'unclear-elsewhere', { sizes: SIZES_LOOKED_AT, touch: 44 })).toEqual([]);
    await page.setViewportSize(SIZES.desk);
    await open(soap);
    expect(await dialog.getByLabel('数量').inputValue()).toBe('');
    expect(await dialog.getByText(UNCLEAR).count()).toBe(0);
    await dialog.getByRole('button', { name: '取消' }).click();
    await open(salt);
    await dialog.getByText(UNCLEAR).waitFor();
    expect(await dialog.getByLabel('数量').inputValue()).toBe('10');
    await page.reload();
    await above.waitFor();

    await new Desk(page).logOut();
    await logIn('supervisor');
    await page.goto('/desk/goods');
    await page.getByRole('listitem').filter({ hasText: salt.name }).first().waitFor();
    expect(await page.getByText(UNCLEAR).count()).toBe(0);
    await new Desk(page).logOut();
    await logIn('admin');
    await page.goto('/desk/goods');
    await page.unroute(STOCK_IN);
    expect(await stockOf(salt)).toBe(salt.stock);
    await isAsked(above).click();
    await page.getByText(`「进货：${salt.name} 10`).and(page.getByText('办好了，没有重复')).waitFor();
    expect(await stockOf(salt)).toBe(salt.stock + 10);
    await page.getByRole('link', { name: new RegExp(`${salt.name}.*${String(salt.stock + 10)} `) }).waitFor();
    expect(window.complaints).toEqual([]);
  });
});

/** The screens of the desk on which a sending stays unclear, and the places where it is told of. */
describe.skipIf(!hasChromium)('a sending that is unclear', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let logins: DemoLogins;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(role: string): Promise<void> {
    ({ page } = await openWindow(browser, 'desk', program.origin));
    const person = logins.staff.find((one) => one.role === role);
    await new Desk(page).logIn(person?.username ?? '', person?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
  }

  /** All requests to this address reach the server, and no answer comes back. */
  async function loseAnswersOf(address: string): Promise<void> {
    await page.route(address, async (route) => {
      await route.fetch();
      await route.abort();
    });
  }

  const again = (words: string) => page.getByRole('button', { name: words }).and(page.locator(':enabled'));

  it('11: says that this computer could not store it', async () => {
    await logIn('admin');
    await page.goto('/desk/goods');
    await page.getByRole('main').locator('.list').getByText('大米5kg').waitFor();
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await new Desk(page).openStockIn('大米5kg');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('数量').fill('10');
    await dialog.getByLabel('总价').fill('50');
    await loseAnswersOf(STOCK_IN);
    await dialog.getByRole('button', { name: '进货' }).click();
    await again(ASK).waitFor();
    await dialog.getByText('这台电脑没能把它存下来：请先不要关闭或刷新这个页面。').waitFor();
    expect(await lookAt(page, 'unclear-unkept', { sizes: SIZES_LOOKED_AT, touch: 44 })).toEqual([]);
    await page.context().close();
  });

  it('13: is told where no card is left to be printed', async () => {
    await logIn('committee');
    await page.goto('/desk/cards');
    await page.evaluate(() => (window.print = () => undefined));
    await page.locator('label').filter({ hasText: /^全部/ }).first().click();
    await page.getByRole('button', { name: /^打印 .+ 张卡$/ }).click();
    await loseAnswersOf('**/api/v1/cards/printed');
    await page.getByRole('button', { name: /^打印好了，记下这/ }).click();
    await again('再问一次（不会重复办理）').waitFor();
    await page.getByRole('link', { name: '返回' }).click();
    await page.getByRole('link', { name: '打印积分卡' }).first().click();
    await page.getByText('不知道这一步办成了没有').waitFor();
    await again('再问一次（不会重复办理）').waitFor();
    await page.context().close();
  });

  it('14a: is booked when it is asked about after a reload, and the list of what waits is read again', async () => {
    await logIn('approver');
    const pile = new ApprovalsDesk(page);
    await pile.open();
    await page
      .getByRole('checkbox', { name: /^勾选整批/ })
      .first()
      .check();
    await page
      .getByRole('button', { name: /^同意入账/ })
      .first()
      .click();
    await loseAnswersOf('**/api/v1/proposals/decisions');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    await again(ASK).waitFor();
    await page.unroute('**/api/v1/proposals/decisions');
    await page.keyboard.press('Escape');
    await again(ASK).waitFor();
    await page.reload();
    await page.getByRole('article').first().waitFor();
    let reads = 0;
    page.on('request', (request) => (reads += request.url().includes('/proposals/batches') ? 1 : 0));
    await again(ASK).click();
    await page.getByText('办好了，没有重复').waitFor();
    await expect.poll(() => reads).toBeGreaterThan(0);
    await page.context().close();
  });
});

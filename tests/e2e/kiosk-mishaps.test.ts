import type { BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, picture } from '../support/browser.ts';
import type { Ask } from '../support/demo-village.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import { type Kiosk, redemptionsIn, ROWS } from './pages/kiosk.ts';

/** A volunteer's mistakes, and a network that fails at the worst moment. */
describe.skipIf(!hasChromium)('on a bad day the kiosk', () => {
  let counter: Counter;
  let context: BrowserContext;
  let page: Page;
  let kiosk: Kiosk;
  let admin: Ask;
  let card: string;
  let neighbour: { readonly number: string; readonly card: string };
  let pens: string;

  beforeAll(async () => {
    counter = await openCounter();
    ({ page, context, kiosk, admin, pens } = counter);
    card = await counter.onDuty();
    neighbour = counter.logins.households.find((one) => one.card !== card) ?? { number: '', card: '' };
  });
  afterAll(() => counter.close());
  beforeEach(() => kiosk.attend(card));

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const dialog = () => page.getByRole('dialog');
  const offline = () => page.getByRole('banner').getByText('没有网络');

  it('books one basket for a double tap', async () => {
    const before = await kiosk.balance();
    let sent = 0;
    page.on('request', (request) => void (sent += redemptionsIn(request).length));
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await button(/^确认兑换/).dblclick();
    await page.getByRole('heading', { name: '兑好了' }).waitFor();
    expect(sent).toBe(1);
    expect(await kiosk.balance()).toBe(before - 1);
  });

  it('opens every dialog’s way for a scan: it counts, and is seen to', async () => {
    await admin('PATCH', '/village', { settings: { pinAboveHundredths: 0 } });
    await kiosk.reopen(card);
    await kiosk.scan(pens);
    await button(/^确认兑换/).click();
    await dialog().waitFor();
    await kiosk.scan(pens);
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => kiosk.pieces()).toBe(2);
    await button(/^当班/).click();
    await dialog().waitFor();
    await kiosk.scan(pens);
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => kiosk.pieces()).toBe(3);
    await button('换一户').click();
    await button('按姓名找').click();
    await dialog().waitFor();
    await kiosk.scan(pens);
    await page.getByText('扫到的是商品').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await admin('PATCH', '/village', { settings: { pinAboveHundredths: null } });
  });

  it('takes a household off the screen when another’s card cannot be looked up, and keeps its basket', async () => {
    const name = (await page.locator('.person h1').textContent()) ?? '';
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await context.setOffline(true);
    await offline().waitFor();
    await kiosk.scan(card);
    await page.getByText('连不上服务器').waitFor();
    expect(await kiosk.pieces()).toBe(1);
    await kiosk.scan(neighbour.card);
    await page.getByText('上一户的篮子还留着').waitFor();
    await expect.poll(() => kiosk.text()).not.toContain(name);
    await picture(page, 'kiosk-put-aside');
    await context.setOffline(false);
    await offline().waitFor({ state: 'detached' });
    await kiosk.scanCard(card);
    await page.getByText('篮子还在').waitFor();
    expect(await kiosk.pieces()).toBe(1);
  });

  it('F17: lays no message over anything that is pressed or read, and nothing moves when one comes or goes', async () => {
    const parts = ['.balance', '.confirm', '.choose', '.goods-card', '.leave', '.sums'] as const;
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await page.locator('p.signal').waitFor({ state: 'detached' });
    const before = await boxes(page, parts);
    await kiosk.scan('4006381333931');
    const told = page.locator('.told');
    await told.waitFor();
    expect(await boxes(page, parts)).toEqual(before);
    expect(await covered(page, parts)).toEqual([]);
    // Information leaves by itself.
    await told.waitFor({ state: 'detached', timeout: 15_000 });
    expect(await boxes(page, parts)).toEqual(before);

    // A notice to act on stands in the panel, over the lines of the basket alone, until it is acknowledged.
    await context.setOffline(true);
    await offline().waitFor();
    await button(/^确认兑换/).click();
    await page.getByText('没有网络，没有扣分').waitFor();
    const answered = parts.filter((part) => part !== '.sums');
    expect(await boxes(page, answered)).toEqual(before.filter((_, index) => parts[index] !== '.sums'));
    expect(await covered(page, answered)).toEqual([]);
    await context.setOffline(false);
    await offline().waitFor({ state: 'detached' });
    await button('知道了').click();
    await told.waitFor({ state: 'detached' });

    await kiosk.confirm();
    await kiosk.scan(pens);
    await page.getByText('上一笔已经办完').waitFor();
    expect(await covered(page, ['.balance', '.also', '.lines'])).toEqual([]);
    await kiosk.next();
    const waiting = ['.number', '.ways', '.prompt h1'] as const;
    const still = await boxes(page, waiting);
    await kiosk.scan(pens);
    await told.waitFor();
    expect(await boxes(page, waiting)).toEqual(still);
    expect(await covered(page, waiting)).toEqual([]);
    await kiosk.openStatement();
    await kiosk.scan(card);
    await page.getByText('最近十笔').waitFor();
    await kiosk.scan('4006381333931');
    await told.waitFor();
    expect(await covered(page, ['.balance', '.buttons'])).toEqual([]);
    await button('看好了').click();
  });

  it('F17: keeps the size of every tile, whatever it says', async () => {
    const sizes = () =>
      page
        .locator('.goods-card')
        .evaluateAll((cards) =>
          cards.map((card) => [card.getBoundingClientRect().width, card.getBoundingClientRect().height]),
        );
    const before = await sizes();
    expect(new Set(before.map((size) => JSON.stringify(size))).size).toBe(1);
    const seen = await page.locator('.goods').evaluate((goods) => {
      const { bottom } = goods.getBoundingClientRect();
      return [...goods.children].filter((one) => one.getBoundingClientRect().bottom <= bottom).length;
    });
    expect(seen).toBeGreaterThanOrEqual(12);
    for (let count = 0; count < 3; count += 1) await page.locator('.goods-card').first().click();
    await expect.poll(() => kiosk.pieces()).toBe(3);
    expect(await sizes()).toEqual(before);
  });

  it('F18: ends no shift by a double tap, and shows its sum first', async () => {
    let ended = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/kiosk/sign-out')) ended += 1;
    });
    await button('换一户').click();
    await button(/^当班/).click();
    const first = await button('交班').boundingBox();
    await button('交班').dblclick();
    await page.getByRole('heading', { name: '交班', exact: true }).waitFor();
    const figures = await page.locator('header dl dd').allTextContents();
    expect(figures).toHaveLength(4);
    expect(Number(figures[1])).toBeGreaterThan(0);
    const second = await button('不数，直接交班').boundingBox();
    const isApart =
      !first || !second || second.y > first.y + first.height || second.x > first.x + first.width;
    expect(isApart).toBe(true);
    expect(ended).toBe(0);
    await button('接着当班').click();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
  });

  it('14j: says after three seconds that no answer came, and asks at once where somebody wants it', async () => {
    const held = Promise.withResolvers<null>();
    let attempts = 0;
    await page.route(ROWS, async (route) => {
      attempts += 1;
      if (attempts === 1) {
        await held.promise;
        return route.abort();
      }
      return route.continue();
    });
    await kiosk.scan(pens);
    await button(/^确认兑换/).click();
    await page.getByRole('heading', { name: '正在核对这一笔' }).waitFor();
    await button('现在就问').click();
    held.resolve(null);
    await page.getByRole('heading', { name: '兑好了' }).waitFor();
    await page.unroute(ROWS);
  });

  it('lets a volunteer give up what nobody answers: nothing is booked, and its basket is back under another key', async () => {
    const before = await kiosk.balance();
    const keys: string[] = [];
    const note = (request: Request) => void keys.push(...redemptionsIn(request));
    page.on('request', note);
    await page.route(ROWS, (route) => route.abort());
    await kiosk.scan(pens);
    await button(/^确认兑换/).click();
    await button('东西没给，不办了').click();
    await page.locator('.person').waitFor();
    expect(await kiosk.pieces()).toBe(1);
    await page.unroute(ROWS);
    await kiosk.confirm();
    page.off('request', note);
    expect(new Set(keys).size).toBe(2);
    await kiosk.attend(card);
    expect(await kiosk.balance()).toBe(before - 1);
  });

  it('warns over an open dialog too that the screen will be emptied', async () => {
    const { page: left } = await counter.anotherWindow();
    await left.clock.install();
    await left.reload();
    await left.getByRole('button', { name: '按姓名找' }).click();
    await left.getByRole('dialog').waitFor();
    await left.clock.runFor(45_000);
    const warning = left.locator('.warning');
    await warning.waitFor();
    const isOnTop = await warning.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    expect(isOnTop).toBe(true);
    await picture(left, 'kiosk-idle-warning');
    await left.getByRole('button', { name: '还在办' }).click();
    await warning.waitFor({ state: 'detached' });
    expect(await left.getByRole('dialog').isVisible()).toBe(true);
    await left.clock.runFor(61_000);
    await left.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('offers to undo the last one for ten minutes, whoever comes, and to nobody after', async () => {
    const later = await counter.anotherWindow();
    await later.kiosk.attend(card);
    await later.kiosk.scan(pens);
    await later.kiosk.confirm();
    await later.page.clock.install();
    await later.page.reload();
    const undo = later.page.getByRole('button', { name: '撤销上一笔' });
    await undo.waitFor();
    await later.kiosk.findByNumber(neighbour.number);
    await undo.waitFor();
    // Somebody is there: an untouched screen would be locked after five minutes.
    for (let minute = 0; minute < 8; minute += 4) {
      await later.page.clock.runFor(4 * 60_000);
      await later.page.keyboard.press('Shift');
    }
    await later.page.getByText('还有 1 分钟').waitFor();
    await later.page.clock.runFor(60_000);
    await later.page.getByText('不到 1 分钟').waitFor();
    await later.page.clock.runFor(60_000);
    await undo.waitFor({ state: 'detached' });
  });

  it('says that the goods are still loading where one is scanned before, asks for them again, and counts the next', async () => {
    const held = Promise.withResolvers<null>();
    let asked = 0;
    await page.route('**/api/v1/kiosk/goods', async (route) => {
      asked += 1;
      await held.promise;
      await route.continue();
    });
    await button('换一户').click();
    await page.reload();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await kiosk.scan(card);
    await page.locator('.person').waitFor();
    const askedBefore = asked;
    await kiosk.scan(pens);
    await page.getByText('货架还没读出来').waitFor();
    expect(await kiosk.pieces()).toBe(0);
    await expect.poll(() => asked).toBe(askedBefore + 1);
    held.resolve(null);
    await page.locator('.goods-card').first().waitFor();
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await page.unroute('**/api/v1/kiosk/goods');
  });

  it('10, 14i: begins on a disk that does not answer, says so, and sends nothing that it could not store', async () => {
    const { page: ill, kiosk: illKiosk } = await counter.anotherWindow();
    await ill.addInitScript(() => {
      const open = indexedDB.open.bind(indexedDB);
      // The browser opens the database but never fires `success`.
      indexedDB.open = (...what) => {
        const request = open(...what);
        request.addEventListener('success', (event) => event.stopImmediatePropagation());
        request.addEventListener('upgradeneeded', (event) => event.stopImmediatePropagation());
        return request;
      };
    });
    await ill.reload();
    await ill.getByText('这台机器存不住东西').waitFor({ timeout: 30_000 });
    await picture(ill, 'kiosk-disk-unreadable');
    await ill.getByRole('button', { name: '知道了' }).click();
    await illKiosk.scanCard(card);
    await illKiosk.scan(pens);
    await expect.poll(() => illKiosk.pieces()).toBe(1);
    await ill.getByRole('button', { name: /^确认兑换/ }).click();
    await ill.getByText('没有记上，东西先别给').waitFor({ timeout: 30_000 });
    expect(await illKiosk.pieces()).toBe(1);
  });
});

/** The places and sizes of these parts. */
async function boxes(page: Page, selectors: readonly string[]) {
  return Promise.all(
    selectors.map(
      async (selector) => [selector, await page.locator(selector).first().boundingBox()] as const,
    ),
  );
}

/** Those of these parts that a message lies over. */
async function covered(page: Page, selectors: readonly string[]): Promise<string[]> {
  const notice = await page.locator('.told').boundingBox();
  if (!notice) throw new Error('there is no message');
  return (await boxes(page, selectors)).flatMap(([selector, other]) => {
    if (!other) return [`${selector} is not there`];
    const isApart =
      notice.x + notice.width <= other.x ||
      other.x + other.width <= notice.x ||
      notice.y + notice.height <= other.y ||
      other.y + other.height <= notice.y;
    return isApart ? [] : [selector];
  });
}

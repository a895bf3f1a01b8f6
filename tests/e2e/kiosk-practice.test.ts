import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, picture } from '../support/browser.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { untilQuiet } from '../support/quiet.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import type { Kiosk } from './pages/kiosk.ts';

/** A volunteer of today learns the counter: nothing of it reaches the books. */
describe.skipIf(!hasChromium)('the practice till', () => {
  let counter: Counter;
  let page: Page;
  let kiosk: Kiosk;
  let card: string;
  const asked: string[] = [];

  beforeAll(async () => {
    const before = () => void (window.print = () => undefined);
    counter = await openCounter({ before });
    ({ page, kiosk } = counter);
    page.on('request', (request) => {
      if (request.url().includes(API_BASE)) asked.push(`${request.method()} ${request.url()}`);
    });
  });
  afterAll(() => counter.close());
  beforeEach(() => asked.splice(0));

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const begun = () => page.getByText('练习，不记账').waitFor();
  const ended = () => page.getByText('练习，不记账').waitFor({ state: 'detached' });
  const stored = () =>
    page.evaluate(() =>
      JSON.stringify([localStorage, sessionStorage].map((storage) => Object.entries<string>(storage))),
    );

  it('is reached from the sign-in page, and left by one tap', async () => {
    await button('练习').click();
    await begun();
    await button(/张三家/).click();
    await page.locator('.person').waitFor();
    await button('结束练习').click();
    await ended();
    await page.getByText('今天谁当班？').waitFor();
  });

  it('sends nothing and keeps nothing while the whole counter is used, and balances stay', async () => {
    card = await counter.onDuty();
    const points = await kiosk.balance();
    const before = await stored();
    await button(/^当班/).click();
    await button('练习').click();
    await begun();
    await untilQuiet(page);
    asked.splice(0);
    await button(/张三家/).click();
    await page.locator('.person').waitFor();
    const own = await kiosk.balance();
    await page.locator('.goods-card').first().click();
    await picture(page, 'kiosk-practice');
    await kiosk.confirm();
    expect(await kiosk.balance()).toBeLessThan(own);
    await button('打印小票').click();
    expect(await page.locator('.sheet--roll').textContent()).toContain('练习，不算数');
    expect(await page.locator('.sheet--roll').textContent()).not.toContain('凭证');
    await kiosk.undo();
    expect(await kiosk.balance()).toBe(own);
    await kiosk.next();
    await button('最近 50 笔').click();
    await page.getByText('已撤销').waitFor();
    await button('返回').click();
    // A real card is no card here.
    await kiosk.scan(card);
    await page.getByText('现在是练习').waitFor();
    expect(await page.locator('.person').count()).toBe(0);
    expect(asked).toEqual([]);
    expect(await stored()).toBe(before);
    expect(await kiosk.kept()).toEqual({ outbox: [], baskets: [] });
    await button('结束练习').click();
    await ended();
    await kiosk.scanCard(card);
    await page.locator('.person').waitFor();
    expect(await kiosk.balance()).toBe(points);
  });

  it('does not begin while a basket is unsent', async () => {
    await kiosk.attend(card);
    await kiosk.scan(counter.pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await button(/^当班/).click();
    await button('练习').click();
    await page.getByText('现在还不能练习').waitFor();
    expect(await kiosk.pieces()).toBe(1);
    await button('知道了').click();
    await button('换一户').click();
  });

  // It comes last, because it replaces the page's clock for good.
  it('is left by itself after three minutes without a touch', async () => {
    await page.clock.install();
    await page.reload();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await button(/^当班/).click();
    await button('练习').click();
    await begun();
    await page.clock.runFor(170_000);
    expect(await page.getByText('练习，不记账').count()).toBe(1);
    await page.clock.runFor(15_000);
    await ended();
    await page.clock.resume();
  });
});

import type { BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, openWindow, picture } from '../support/browser.ts';
import { newPairingCode } from '../support/demo-village.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import { Kiosk, redemptionsIn, ROWS } from './pages/kiosk.ts';

/** The kiosk over the demo village, in a real browser, with a network that fails. */
describe.skipIf(!hasChromium)('the kiosk', () => {
  let counter: Counter;
  let context: BrowserContext;
  let page: Page;
  let kiosk: Kiosk;
  let card: string;
  let pens: string;

  beforeAll(async () => {
    counter = await openCounter();
    ({ page, context, kiosk, pens } = counter);
    card = await counter.onDuty();
  });
  afterAll(() => counter.close());
  beforeEach(() => kiosk.attend(card));

  const balance = () => kiosk.balance();
  const pieces = () => kiosk.pieces();
  const confirm = () => page.getByRole('button', { name: /^确认兑换/ });
  const done = () => page.getByRole('heading', { name: '兑好了' });

  it('keeps on the device no name, no balance, no card and no PIN, with a household on the screen', async () => {
    await kiosk.scan(pens);
    await expect.poll(pieces).toBe(1);
    const head = (await page.locator('.person h1').textContent()) ?? '';
    expect(head.length).toBeGreaterThan(1);
    const kept = await page.evaluate(async () => ({
      stored: [localStorage, sessionStorage].flatMap((storage) => Object.entries<string>(storage)),
      databases: (await indexedDB.databases()).map(({ name }) => String(name)),
      elsewhere: [...(await caches.keys()), document.cookie].join(''),
    }));
    expect([kept.databases, kept.elsewhere]).toEqual([['jishan'], '']);
    const names = kept.stored.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['jishan.kiosk.shift', 'jishan.kiosk.device']));
    const { baskets, outbox } = await kiosk.kept();
    const { volunteer, households } = counter.logins;
    const secrets = [head, card, volunteer.name, volunteer.pin, ...households.map(({ pin }) => pin)];
    const text = JSON.stringify([kept.stored, baskets, outbox]);
    // Six digits may stand in the middle of a time or an id.
    const isKept = (one: string) => new RegExp(`(?<!\\w)${one}(?!\\w)`).test(text);
    expect(secrets.filter(isKept)).toEqual([]);
    expect([baskets.length, outbox]).toEqual([1, []]);
    expect(Object.keys(baskets[0] ?? {}).sort()).toEqual(
      ['changedAtMs', 'householdId', 'householdNumber', 'key', 'lines', 'presence'].sort(),
    );
    expect(Object.values(baskets[0] ?? {})).not.toContain(Math.round((await balance()) * 100));
  });

  it('F22: is paired by a code that is typed as fast as a scanner types', async () => {
    const other = await openWindow(counter.browser, 'kiosk', counter.program.origin);
    const unpaired = new Kiosk(other.page);
    await other.page.goto('/kiosk/');
    await other.page.getByRole('button', { name: '配对' }).waitFor();
    await unpaired.scan((await newPairingCode(counter.admin, '二号台')).replaceAll(' ', ''));
    await other.page.getByText('今天谁当班？').waitFor();
    expect(await other.page.locator('.notice').count()).toBe(0);
    await other.context.close();
  });

  describe('hands out once, whatever the network does', () => {
    it('asks again with the same key after lost answers', async () => {
      const before = await balance();
      const head = (await page.locator('.person h1').textContent()) ?? '';
      const keys = await keysSent(page, async () => {
        let isLost = true;
        await page.route(ROWS, async (route) => {
          if (route.request().method() === 'POST' && isLost) {
            await route.fetch();
            await route.abort();
          } else await route.continue();
        });
        await kiosk.scan(pens);
        await expect.poll(pieces).toBe(1);
        await confirm().click();
        await page.getByRole('heading', { name: '正在核对这一笔' }).waitFor();
        const { number } = counter.logins.households.find((one) => one.card === card) ?? { number: '' };
        // For whom, how much and since when; and no name.
        await page.getByText(new RegExp(`^户号 ${number} · 1 分 · .+ 送出$`)).waitFor();
        expect(await kiosk.text()).not.toContain(head);
        await picture(page, 'kiosk-checking');
        isLost = false;
        await done().waitFor();
        await page.unroute(ROWS);
      });
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(1);
      await kiosk.attend(card);
      expect(await balance()).toBe(before - 1);
    });

    it('settles after a reload what was under way before it', async () => {
      const before = await balance();
      const keys = await keysSent(page, async () => {
        await page.route(ROWS, async (route) => {
          if (route.request().method() !== 'POST') return route.continue();
          await route.fetch();
          return route.abort();
        });
        await kiosk.scan(pens);
        await expect.poll(pieces).toBe(1);
        await confirm().click();
        await page.getByRole('heading', { name: '正在核对这一笔' }).waitFor();
        await page.unroute(ROWS);
        await page.reload();
        await done().waitFor();
      });
      expect(new Set(keys).size).toBe(1);
      await kiosk.attend(card);
      expect(await balance()).toBe(before - 1);
    });

    it('sends nothing without a network, keeps the basket through a reload, and hands it out when it is back', async () => {
      const before = await balance();
      await kiosk.scan(pens);
      await kiosk.scan(pens);
      await expect.poll(pieces).toBe(2);
      await context.setOffline(true);
      await page.getByRole('banner').getByText('没有网络').waitFor();
      const sent = await keysSent(page, async () => {
        await confirm().click();
        await page.getByText('没有网络，没有扣分').waitFor();
      });
      expect(sent).toEqual([]);
      await context.setOffline(false);
      await page.reload();
      await page.getByText('篮子还在').waitFor();
      expect(await pieces()).toBe(2);
      await confirm().click();
      await done().waitFor();
      expect(await balance()).toBe(before - 2);
    });

    it('takes a household off the screen after a minute without a touch', async () => {
      const name = (await page.locator('.person h1').textContent()) ?? '';
      const { number } = counter.logins.households.find((one) => one.card === card) ?? { number: '' };
      const left = await counter.anotherWindow();
      await left.page.clock.install();
      await left.page.reload();
      await left.page.getByRole('heading', { name: '请刷卡' }).waitFor();
      await left.kiosk.findByNumber(number);
      await left.page.clock.runFor(45_000);
      await left.page.getByText('还在办吗？').waitFor();
      expect(await left.kiosk.text()).toContain(name);
      await left.page.clock.runFor(17_000);
      await left.page.getByRole('heading', { name: '请刷卡' }).waitFor();
      expect(await left.kiosk.text()).not.toContain(name);
    });
  });
});

/** The idempotency keys of the redemptions sent while something happens. */
async function keysSent(page: Page, happen: () => Promise<void>): Promise<string[]> {
  const keys: string[] = [];
  const note = (request: Request) => void keys.push(...redemptionsIn(request));
  page.on('request', note);
  await happen();
  page.off('request', note);
  return keys;
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_BASE } from '../../shared/api-base.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { hasChromium, picture } from '../support/browser.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import type { Kiosk } from './pages/kiosk.ts';

/** The device has a voice, and notes what it is told to say. */
const listen = () => {
  const said: string[] = [];
  const voice = { lang: 'zh-CN', localService: true, name: '村里的声音' };
  const speaker = {
    getVoices: () => [voice],
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    cancel: () => undefined,
    speak: ({ text }: { text: string }) => void said.push(text),
  };
  class Words {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  Object.defineProperty(window, 'speechSynthesis', { value: speaker });
  Object.assign(window, { SpeechSynthesisUtterance: Words, said });
};
const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);

/** Returns, baskets that step aside, the locked screen and the spoken mode, over the demo village. */
describe.skipIf(!hasChromium)('at the counter', () => {
  let counter: Counter;
  let page: Page;
  let kiosk: Kiosk;
  let card: string;
  let pens: string;

  beforeAll(async () => {
    counter = await openCounter({ before: listen });
    ({ page, kiosk, pens } = counter);
    card = await counter.onDuty();
  });
  afterAll(() => counter.close());
  beforeEach(() => kiosk.attend(card));

  const button = (name: string | RegExp) => page.getByRole('button', { name });

  async function handOut(pieces: number): Promise<void> {
    for (let piece = 1; piece <= pieces; piece += 1) {
      await kiosk.scan(pens);
      await expect.poll(() => kiosk.pieces()).toBe(piece);
    }
    await button(/^确认兑换/).click();
    await page.getByRole('heading', { name: '兑好了' }).waitFor();
    await button('下一位').click();
  }

  async function openHistory(): Promise<void> {
    await button('最近 50 笔').click();
    await page.getByRole('heading', { name: '最近 50 笔' }).waitFor();
  }

  it('takes a part of a slip back with the card, once, though the answer is lost and the page is reloaded', async () => {
    const before = await kiosk.balance();
    await handOut(3);
    await openHistory();
    await picture(page, 'kiosk-history-returns');
    await button(/号凭证退货$/)
      .first()
      .click();
    await page.getByRole('heading', { name: '退货' }).waitFor();
    await button(/^多退一件/).click();
    await button(/^多退一件/).click();
    expect(await button(/^确认退货/).isDisabled()).toBe(true);
    await picture(page, 'kiosk-return-choice');
    const other = counter.logins.households.find((one) => one.card !== card);
    await kiosk.scan(other?.card ?? '');
    await page.getByText('这不是这户的卡').waitFor();
    expect(await button(/^确认退货/).isDisabled()).toBe(true);
    await kiosk.scan(card);
    await page.getByText(/^卡对了/).waitFor();
    await picture(page, 'kiosk-return-card');
    const keys = new Set<string>();
    await page.route(`**${API_BASE}/outbox/rows`, async (route) => {
      const { rows } = route.request().postDataJSON() as { rows: readonly OutboxRow[] };
      for (const { kind, key } of rows) if (kind === 'kiosk.return') keys.add(key);
      await route.fetch();
      await route.abort();
    });
    await button(/^确认退货/).click();
    await page.getByRole('heading', { name: '正在核对这笔退货' }).waitFor();
    expect(await button('返回').count()).toBe(0);
    await picture(page, 'kiosk-return-unclear');
    await page.reload();
    await page.getByRole('heading', { name: '正在核对这笔退货' }).waitFor();
    await page.getByText('还不知道退了没有').waitFor();
    await picture(page, 'kiosk-return-reloaded');
    // On a slow machine the page stops waiting before the request that is held here has its answer.
    await page.unrouteAll({ behavior: 'wait' });
    await button('现在就问').click();
    await page.getByRole('heading', { name: '退好了' }).waitFor();
    await picture(page, 'kiosk-return-done');
    expect(await page.locator('.done dd').allTextContents()).toEqual(['2']);
    expect(keys.size).toBe(1);
    await button('好了').click();
    await kiosk.attend(card);
    expect(await kiosk.balance()).toBe(before - 1);
    await button('换一户').click();
    await openHistory();
    await page.getByText('退了 2 件').first().waitFor();
    expect(await button('撤销上一笔').count()).toBe(0);
    await button('返回').click();
  });

  it('finds a slip by its number, and says of a wrong one that there is none', async () => {
    await handOut(1);
    await openHistory();
    const named = await button(/^补打第 \d+ 号凭证$/)
      .first()
      .getAttribute('aria-label');
    const number = /\d+/.exec(named ?? '')?.[0] ?? '';
    await button('按小票号退货').click();
    await kiosk.pressDigits('999999');
    await button('查这张小票').click();
    await page.getByText('没有这笔兑换').waitFor();
    await picture(page, 'kiosk-return-ask');
    for (let digit = 0; digit < 6; digit += 1) await page.keyboard.press('Backspace');
    await kiosk.pressDigits(number);
    await button('查这张小票').click();
    await page.getByText(new RegExp(`凭证 ${number} 号`)).waitFor();
    await button('返回').click();
    await button('返回').click();
  });

  it('keeps the baskets of households that step aside through a reload, and brings them back by card and by tap', async () => {
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await picture(page, 'kiosk-serve-park');
    await button('先放一放').click();
    await page.getByText('篮子先放一放').waitFor();
    const other = counter.logins.households.find((one) => one.card !== card)?.card ?? '';
    await kiosk.scanCard(other);
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await button('先放一放').click();
    await expect.poll(() => page.locator('.parked li').count()).toBe(2);
    await picture(page, 'kiosk-parked');
    await page.reload();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await expect.poll(() => page.locator('.parked li').count()).toBe(2);
    await picture(page, 'kiosk-parked-alone');
    await kiosk.scanCard(other);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await button('换一户').click();
    await page.locator('.parked button').first().click();
    await page.locator('.person').waitFor();
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await button('换一户').click();
    expect(await page.locator('.parked li').count()).toBe(0);
  });

  it('locks the screen with nothing of a household on it, through a reload, until the PIN is typed', async () => {
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    const head = (await page.locator('.person h1').textContent()) ?? '';
    await button(/^当班：/).click();
    await picture(page, 'kiosk-station-lock');
    await button('锁屏').click();
    await page.getByRole('heading', { name: '屏幕锁住了' }).waitFor();
    expect(await kiosk.text()).not.toContain(head);
    await kiosk.scan(card);
    await page.reload();
    await page.getByRole('heading', { name: '屏幕锁住了' }).waitFor();
    expect(await kiosk.text()).not.toContain(head);
    await picture(page, 'kiosk-locked');
    await kiosk.pressDigits('000000');
    await page.locator('.notice').first().waitFor();
    expect(await page.getByRole('heading', { name: '屏幕锁住了' }).isVisible()).toBe(true);
    await kiosk.pressDigits(counter.logins.volunteer.pin);
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await kiosk.scanCard(card);
    await expect.poll(() => kiosk.pieces()).toBe(1);
  });

  it('says nothing unless it is set to, and then the balance and the sum, by surname alone', async () => {
    expect(await said(page)).toEqual([]);
    const head = (await page.locator('.person h1').textContent()) ?? '';
    await button(/^当班：/).click();
    await page.getByRole('dialog').getByRole('button', { name: '读' }).first().click();
    await picture(page, 'kiosk-station-spoken');
    await page.keyboard.press('Escape');
    await kiosk.reopen(card);
    const points = await kiosk.balance();
    await expect.poll(() => said(page)).toEqual([`${head[0] ?? ''}家，还有 ${points} 分`]);
    await handOut(1);
    await expect.poll(async () => (await said(page)).at(-1)).toBe(`这次用了 1 分，还有 ${points - 1} 分`);
    expect(JSON.stringify(await said(page))).not.toContain(head.slice(1));
  });
});

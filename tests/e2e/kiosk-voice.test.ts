import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../support/browser.ts';
import type { Ask } from '../support/demo-village.ts';
import { speak } from '../support/views.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import type { Kiosk } from './pages/kiosk.ts';

interface Tone {
  readonly hz: number;
  readonly loudness: number;
}

/** Records each tone and sentence instead of playing it. The device has voices for both languages. */
const listen = () => {
  const tones: Tone[] = [];
  const said: string[] = [];
  class Recorder {
    readonly currentTime = 0;
    readonly destination = {};
    private loudness = 0;
    resume() {
      return Promise.resolve();
    }
    createOscillator() {
      const frequency = { value: 0 };
      return {
        frequency,
        connect: (next: unknown) => next,
        start: () => tones.push({ hz: frequency.value, loudness: this.loudness }),
        stop: () => undefined,
      };
    }
    createGain() {
      const gain = {
        setValueAtTime: () => undefined,
        linearRampToValueAtTime: (peak: number) => (this.loudness = peak),
        exponentialRampToValueAtTime: () => undefined,
      };
      return { gain, connect: (next: unknown) => next };
    }
  }
  const voices = ['zh-CN', 'en-US'].map((lang) => ({ lang, localService: true }));
  const speaker = {
    getVoices: () => voices,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    cancel: () => undefined,
    speak: (words: { text: string }) => said.push(words.text),
  };
  class Words {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  Object.defineProperty(window, 'AudioContext', { value: Recorder });
  Object.defineProperty(window, 'speechSynthesis', { value: speaker });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Words });
  Object.defineProperty(window, 'heard', { value: { tones, said } });
};

/** The kiosk speaks the same words that it shows. */
describe.skipIf(!hasChromium)('the kiosk speaks:', () => {
  let counter: Counter;
  let page: Page;
  let kiosk: Kiosk;
  let admin: Ask;
  let card: string;
  let pens: string;

  beforeAll(async () => {
    counter = await openCounter({ before: listen });
    ({ page, kiosk, admin, pens } = counter);
    card = await counter.onDuty();
  });
  afterAll(() => counter.close());
  beforeEach(() => kiosk.reopen(card));

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const sign = (words: string) => page.locator('p.signal', { hasText: words });

  /** The tones that were played during `happen`. */
  async function tonesOf(happen: () => Promise<void>): Promise<Tone[]> {
    await page.evaluate(() => void (Reflect.get(window, 'heard') as { tones: unknown[] }).tones.splice(0));
    await happen();
    return page.evaluate(() => (Reflect.get(window, 'heard') as { tones: Tone[] }).tones);
  }

  async function pensId(): Promise<string> {
    const { items } = (await admin('GET', '/goods')) as { items: { id: string; barcode: string | null }[] };
    return items.find(({ barcode }) => barcode === pens)?.id ?? '';
  }

  const said = () => page.evaluate(() => (Reflect.get(window, 'heard') as { said: string[] }).said.splice(0));

  it('card, item and error each by tones of their own, and by a sign that says the same', async () => {
    const heard = [
      await tonesOf(async () => {
        await kiosk.scan(card);
        await sign('已读卡').waitFor();
      }),
      await tonesOf(async () => {
        await kiosk.scan(pens);
        await sign('已加').waitFor();
      }),
      await tonesOf(async () => {
        await kiosk.scan('4006381333931');
        // Above the shelf the notice says it, and why.
        await page.locator('.shelf .told').waitFor();
      }),
    ].map((tones) => tones.map(({ hz }) => hz).join(' '));
    expect(new Set(heard).size).toBe(3);
    expect(heard).not.toContain('');
  });

  it('as loud as chosen, each step louder, and silent not at all; the choice outlives a reload', async () => {
    await button(/^当班/).click();
    const dialog = page.getByRole('dialog');
    const peaks: number[] = [];
    for (const step of ['静音', '小', '中', '大']) {
      await dialog.getByRole('button', { name: step, exact: true }).click();
      const tones = await tonesOf(() => dialog.getByRole('button', { name: '没办成', exact: true }).click());
      peaks.push(Math.max(0, ...tones.map(({ loudness }) => loudness)));
      await dialog.locator('.signal', { hasText: '没办成' }).waitFor();
    }
    expect(peaks[0]).toBe(0);
    expect(peaks).toEqual([...peaks].sort((a, b) => a - b));
    expect(new Set(peaks).size).toBe(4);
    await page.reload();
    await button(/^当班/).click();
    expect(await dialog.getByRole('button', { name: '大', exact: true }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await page.keyboard.press('Escape');
    await kiosk.scanCard(card);
  });

  it('the balance and what it suffices for, when asked to, in the language of the screen', async () => {
    const points = await kiosk.balance();
    const things = () => page.locator('.aside .things').getAttribute('title');
    expect(await things()).toMatch(/^够换 \d/);
    await button('读出余额').click();
    expect(await said()).toEqual([`积分余额，${String(points)} 分，${String(await things())}`]);
    await speak(page, 'en');
    await button('Read the balance aloud').click();
    expect(await things()).toMatch(/^enough for \d/);
    expect(await said()).toEqual([`Balance: ${String(points)} points, ${String(await things())}`]);
    await speak(page, 'zh-CN');
  });

  it('how many more of an item the month allows, on the shelf and in the basket', async () => {
    const id = await pensId();
    await admin('PATCH', `/goods/${id}`, { monthlyLimit: 2 });
    await kiosk.reopen(card);
    const onShelf = page.locator('.goods-card', { hasText: '中性笔' });
    await onShelf.getByText('还能换 2 件').waitFor();
    await kiosk.scan(pens);
    await onShelf.getByText('还能换 1 件').waitFor();
    await page.locator('.row').getByText('还能换 1 件').waitFor();
    await kiosk.scan(pens);
    await onShelf.getByText('本月满了').waitFor();
    await page.locator('.row').getByText('本月换满了').waitFor();
    await kiosk.scan(pens);
    await page.getByText('每户每月 2 件，已经到数。没有加进篮子，积分没有变动。').waitFor();
    expect(await kiosk.pieces()).toBe(2);
    await admin('PATCH', `/goods/${id}`, { monthlyLimit: null });
  });

  it('what is short, in points, and what to do', async () => {
    await admin('PATCH', `/goods/${await pensId()}`, { price: 100 * (await kiosk.balance()) + 1500 });
    await kiosk.reopen(card);
    await page.locator('.goods-card', { hasText: '中性笔' }).getByText('差 15 分').waitFor();
    await kiosk.scan(pens);
    await page.getByText('还差 15 分。没有加进篮子，积分没有变动。请拿掉一件，或换一样。').waitFor();
    expect(await kiosk.pieces()).toBe(0);
  });
});

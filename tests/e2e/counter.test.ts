import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, picture } from '../support/browser.ts';
import type { Ask, DemoLogins } from '../support/demo-village.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import type { Kiosk } from './pages/kiosk.ts';
import { countTaps, taps } from './pages/taps.ts';

/** The daily work of a volunteer and the households at the counter, on a screen of 1024 × 600. */
describe.skipIf(!hasChromium)('the counter', () => {
  let counter: Counter;
  let context: BrowserContext;
  let page: Page;
  let kiosk: Kiosk;
  let logins: DemoLogins;
  let admin: Ask;
  let card: string;
  let pens: string;

  beforeAll(async () => {
    // A printer that accepts every page and reports nothing.
    const before = () => void (window.print = () => document.body.setAttribute('data-printed', 'yes'));
    counter = await openCounter({ before });
    ({ page, context, kiosk, logins, admin, pens } = counter);
  });
  afterAll(() => counter.close());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const owner = () => logins.households.find((one) => one.card === card) ?? { number: '', card: '', pin: '' };
  const slip = () => page.locator('.sheet--roll');
  const pinAbove = (pinAboveHundredths: number | null) =>
    admin('PATCH', '/village', { settings: { pinAboveHundredths } });

  describe('with nobody on duty', () => {
    it('shows and prints a statement for a card alone, the name masked', async () => {
      const household = logins.households[0];
      await kiosk.scan(household?.card ?? '');
      await page.getByText('最近十笔').waitFor();
      expect(await page.locator('.who h1').textContent()).toMatch(/^.\*/);
      expect(await page.locator('.lines li').count()).toBeGreaterThan(0);
      await picture(page, 'kiosk-statement');
      await button('打印对账单').click();
      expect(await slip().textContent()).toContain('积分对账单');
      await button('看好了').click();
      await page.getByText('今天谁当班？').waitFor();
      expect(await slip().count()).toBe(0);
    });

    it('and for number and PIN, and for neither with a wrong one', async () => {
      const { number, pin } = logins.households[1] ?? { number: '', pin: '' };
      await kiosk.openStatement();
      await kiosk.typeNumberAndPin(number, '000001');
      await page.getByText('不对，请再试').waitFor();
      await kiosk.typeNumberAndPin(number, pin);
      await page.getByText('最近十笔').waitFor();
      await button('看好了').click();
    });
  });

  describe('with a volunteer on duty', () => {
    beforeAll(async () => {
      card = await counter.onDuty();
    });
    beforeEach(() => kiosk.attend(card));

    it('shows the balance big and the confirm button high, both in view', async () => {
      await kiosk.scan(pens);
      const measured = await page.evaluate(() => {
        const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        const digits = document.querySelector('.balance strong');
        return {
          digitsPx: digits ? parseFloat(getComputedStyle(digits).fontSize) : 0,
          balanceBottom: boxOf('.balance')?.bottom ?? Infinity,
          confirmPx: boxOf('.confirm')?.height ?? 0,
          confirmBottom: boxOf('.confirm')?.bottom ?? Infinity,
        };
      });
      expect(measured.digitsPx).toBeGreaterThanOrEqual(64);
      expect(measured.confirmPx).toBeGreaterThanOrEqual(88);
      expect(Math.max(measured.balanceBottom, measured.confirmBottom)).toBeLessThanOrEqual(600);
      await page.getByText(/^还够换 \d+ 样$/).waitFor();
    });

    it('takes one tap for three scanned goods, four for three by picture', async () => {
      await countTaps(page);
      for (let count = 0; count < 3; count += 1) await kiosk.scan(pens);
      await expect.poll(() => kiosk.pieces()).toBe(3);
      await kiosk.confirm();
      expect(await taps(page)).toBe(1);
      await kiosk.scanCard(card);
      await page.locator('.person').waitFor();
      await countTaps(page);
      for (let count = 0; count < 3; count += 1) await page.locator('.goods-card').first().click();
      await expect.poll(() => kiosk.pieces()).toBe(3);
      await kiosk.confirm();
      expect(await taps(page)).toBe(4);
      await kiosk.undo();
    });

    it('asks for the PIN above the village’s amount, and hands out with the sixth digit', async () => {
      await pinAbove(200);
      await kiosk.reopen(card);
      for (let count = 0; count < 3; count += 1) await kiosk.scan(pens);
      await button(/^确认兑换/).click();
      await page.getByText('请这户自己输密码').waitFor();
      await kiosk.typePin(owner().pin);
      await page.getByRole('heading', { name: '兑好了' }).waitFor();
      // One pen costs far less than the limit. The kiosk still asks, because the limit counts the whole day.
      await kiosk.scanCard(card);
      await kiosk.scan(pens);
      await button(/^确认兑换/).click();
      await page.getByText(/这户今天已经兑了 .+ 分，加上这一篮 1 分，超过一天 2 分/).waitFor();
      await picture(page, 'kiosk-pin-day');
      await page.keyboard.press('Escape');
      await pinAbove(null);
    });

    it('waits after five wrong PINs, also after a reload, and has moved nothing', async () => {
      await pinAbove(0);
      await kiosk.reopen(card);
      const before = await kiosk.balance();
      await kiosk.scan(pens);
      await button(/^确认兑换/).click();
      for (let tries = 0; tries < 5; tries += 1) {
        await kiosk.typePin('000001');
        await page.getByText(tries < 4 ? '不对，请再试' : '输错太多次，要等一等').waitFor();
        await page.getByRole('dialog').locator('.filled').first().waitFor({ state: 'detached' });
      }
      await picture(page, 'kiosk-pin');
      await page.reload();
      await page.getByText('篮子还在').waitFor();
      expect(await kiosk.balance()).toBe(before);
      await button(/^确认兑换/).click();
      await page.getByText('输错太多次，要等一等').waitFor();
      expect(await page.getByRole('dialog').getByRole('button', { name: '1', exact: true }).isEnabled()).toBe(
        false,
      );
      await page.keyboard.press('Escape');
      await pinAbove(null);
    });

    it('finds a household by initials, few and masked', async () => {
      await button('换一户').click();
      await button('按姓名找').click();
      const dialog = page.getByRole('dialog');
      for (const letter of ['W', 'X'])
        await dialog.getByRole('button', { name: letter, exact: true }).click();
      await dialog.getByRole('textbox').fill('王');
      await expect.poll(() => dialog.locator('.one').count()).toBeGreaterThan(0);
      const names = await dialog.locator('.one .head').allTextContents();
      expect(names.length).toBeLessThanOrEqual(8);
      expect(names.filter((name) => !name.startsWith('王*'))).toEqual([]);
      await dialog.locator('.one').first().click();
      await page.locator('.person').waitFor();
      expect(await page.locator('.person h1').textContent()).toMatch(/^王/);
    });

    it('prints slips for both rolls, reprints them marked, and heeds no printer that fails', async () => {
      const before = await kiosk.balance();
      await kiosk.scan(pens);
      await kiosk.confirm();
      await button('打印小票').click();
      const first = (await slip().textContent()) ?? '';
      expect(first).toMatch(/爱心超市.*兑换凭条.*您家还有.*(够换|再攒).*经办 .*凭证 \d+ 号/);
      expect(first).not.toContain('补打');
      expect(await widthOnPaper(page, 58)).toBeLessThanOrEqual(48);
      await kiosk.next();
      expect(await slip().count()).toBe(0);
      await button(/^当班/).click();
      await button('80 毫米').click();
      await page.keyboard.press('Escape');
      await button('最近 50 笔').click();
      await button('补打').first().click();
      expect(await slip().textContent()).toContain('补打');
      const wide = await widthOnPaper(page, 80);
      expect(wide).toBeGreaterThan(60);
      expect(wide).toBeLessThanOrEqual(72);
      await page.evaluate(() => {
        window.print = () => {
          throw new Error('no printer');
        };
      });
      await button('补打').first().click();
      await page.getByText('打印没有成功').waitFor();
      await kiosk.scanCard(card);
      await page.locator('.person').waitFor();
      expect(await kiosk.balance()).toBe(before - 1);
    });

    it('lets no second window in until it is told to, and then steps back itself', async () => {
      await kiosk.scan(pens);
      await expect.poll(() => kiosk.pieces()).toBe(1);
      const other = await context.newPage();
      await other.goto('/kiosk/');
      await other.getByRole('heading', { name: '兑换台已在另一个窗口打开' }).waitFor();
      expect(await kiosk.pieces()).toBe(1);
      await other.getByRole('button', { name: '在这里接着办' }).click();
      await other.getByText('篮子还在').waitFor();
      await page.getByRole('heading', { name: '兑换台已在另一个窗口打开' }).waitFor();
      expect(await page.locator('.person').count()).toBe(0);
      await button('在这里接着办').click();
      await page.getByText('篮子还在').waitFor();
      await other.getByRole('heading', { name: '兑换台已在另一个窗口打开' }).waitFor();
      await other.close();
    });

    it('keeps a basket through a long power cut for the household whose card comes back', async () => {
      await kiosk.scan(pens);
      await kiosk.scan(pens);
      await expect.poll(() => kiosk.pieces()).toBe(2);
      await kiosk.ageBasket(10 * 60_000);
      await page.reload();
      await page.getByText('上次的篮子还留着').waitFor();
      expect(await page.locator('.person').count()).toBe(0);
      await kiosk.scanCard(card);
      await page.getByText('篮子还在').waitFor();
      expect(await kiosk.pieces()).toBe(2);
    });

    it('shows the volunteer’s own figures of the day, and each sound as it is heard', async () => {
      await kiosk.scan(pens);
      await kiosk.confirm();
      await button(/^当班/).click();
      const figures = page.getByRole('dialog').locator('dd');
      await expect.poll(async () => (await figures.nth(2).textContent())?.trim()).toMatch(/^[1-9]\d* 笔/);
      for (const [name, sign] of [
        ['读到卡', '已读卡'],
        ['没办成', '没办成，请看提示'],
      ] as const) {
        await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
        await page.getByRole('dialog').locator('.signal', { hasText: sign }).waitFor();
      }
      await picture(page, 'kiosk-station');
      await page.keyboard.press('Escape');
    });
  });
});

/** Measures the slip's width on paper in millimetres, and takes a picture of it. */
async function widthOnPaper(page: Page, rollMm: number): Promise<number> {
  await page.emulateMedia({ media: 'print' });
  await picture(page, `kiosk-slip-${rollMm}`);
  const px = await page.locator('.roll').evaluate((roll) => roll.getBoundingClientRect().width);
  await page.emulateMedia({ media: 'screen' });
  return (px / 96) * 25.4;
}

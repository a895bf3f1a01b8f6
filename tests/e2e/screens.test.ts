import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, type SIZES, type Window } from '../support/browser.ts';
import { settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Kiosk, ROWS } from './pages/kiosk.ts';
import { Phone } from './pages/phone.ts';

interface Logins {
  readonly kioskPairingCode: string;
  readonly volunteer: { name: string; pin: string };
  readonly households: readonly { number: string; card: string; pin: string }[];
}

const phone = { sizes: ['phone'], touch: 60 } as const;
const kiosk = { sizes: ['kiosk'], touch: 60 } as const;
const board = { sizes: ['television', 'phone'], touch: 44 } as const;
const open = { sizes: ['desk', 'phone'], touch: 44 } as const;
/** The goods a volunteer scans: rice flour, by its barcode in the demo village. */
const FLOUR = '6907001000371';

/** Every face but the desk (screens-desk.test.ts) in each of its states and in both languages. */
describe.skipIf(!hasChromium)('the screens of', () => {
  let program: Program;
  let browser: Browser;
  let logins: Logins;
  const windows: Window[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function openOn(size: keyof typeof SIZES, origin = program.origin): Promise<Page> {
    const window = await openWindow(browser, size, origin);
    windows.push(window);
    return window.page;
  }

  it('a village that begins', async () => {
    const empty = await startProgram('sqlite');
    try {
      const page = await openOn('desk', empty.origin);
      const found: string[] = [];
      await page.goto('/');
      await page.getByRole('button', { name: '建立村庄并登录' }).waitFor();
      found.push(...(await lookAt(page, 'setup', open)));
      expect(found).toEqual([]);
    } finally {
      await empty.stop();
    }
  });

  it('the doors: landing, log-in, board of which village', async () => {
    const page = await openOn('desk');
    const found: string[] = [];
    for (const [name, path] of [
      ['landing', '/'],
      ['desk-login', '/desk/login'],
      ['board-choice', '/board/?choose'],
    ] as const) {
      await page.goto(path);
      await settle(page);
      found.push(...(await lookAt(page, name, open)));
    }
    expect(found).toEqual([]);
  });

  it('the kiosk', async () => {
    const page = await openOn('kiosk');
    const shop = new Kiosk(page);
    const found: string[] = [];
    const look = async (name: string, axe = true) =>
      found.push(...(await lookAt(page, `kiosk-${name}`, { ...kiosk, axe })));

    await page.goto('/kiosk/');
    await look('pair');
    await shop.pair(logins.kioskPairingCode);
    await look('who');
    await shop.scan(logins.households[0]?.card ?? '');
    await page.getByText('最近十笔').waitFor();
    await look('statement', false);
    await page.getByRole('button', { name: '看好了' }).click();
    await page.getByRole('button', { name: logins.volunteer.name }).click();
    await look('pin');
    await shop.pressDigits(logins.volunteer.pin);
    await page.getByText('请刷卡').first().waitFor();
    await look('wait');
    await page.getByRole('button', { name: '按姓名找' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('王');
    await dialog.locator('.one').first().waitFor();
    await look('find', false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await shop.scan('999999999999');
    await page.getByRole('alert').first().waitFor();
    await look('no-such-card', false);
    const [, , third] = logins.households;
    await shop.scanCard(third?.card ?? '');
    await look('card');
    await shop.scan(FLOUR);
    await page.getByRole('button', { name: /^确认兑换/ }).waitFor();
    await look('basket');
    await page.route(ROWS, (route) => route.abort());
    await page.getByRole('button', { name: /^确认兑换/ }).click();
    await page.getByRole('heading', { name: '正在核对这一笔' }).waitFor();
    await look('checking');
    await page.unroute(ROWS);
    await page.getByText('兑好了').first().waitFor({ timeout: 60_000 });
    await look('done');
    await page.getByRole('button', { name: '撤销这一笔' }).click();
    await page.getByRole('dialog').waitFor();
    await look('undo');
    const other = await page.context().newPage();
    await other.goto('/kiosk/');
    await other.getByRole('heading', { name: '兑换台已在另一个窗口打开' }).waitFor();
    found.push(...(await lookAt(other, 'kiosk-aside', kiosk)));
    await other.close();
    expect(found).toEqual([]);
  });

  it.each([
    ['normal', 18],
    // The root size is 30 px. Text that must share a line may be a little smaller.
    ['huge', 27],
  ] as const)('a household’s phone in %s text', async (size, text) => {
    const page = await openOn('phone');
    const found: string[] = [];
    const look = async (name: string) =>
      found.push(...(await lookAt(page, `me-${name}-${size}`, { ...phone, text, axe: size === 'normal' })));
    await page.goto('/me/');
    await grow(page, size);
    await look('door');
    const second = logins.households[size === 'normal' ? 1 : 3];
    await new Phone(page).openByCard(second?.card ?? '', second?.pin ?? '');
    await grow(page, size);
    await look('home');
    const held = new Phone(page);
    await held.show('passbook');
    await page.locator('.month li').first().waitFor();
    await look('passbook');
    await held.show('rules');
    await page.locator('.rules li').first().waitFor();
    await look('rules');
    await held.show('goods');
    // The tab requests its list only after it opened, so waiting for a quiet network could end too early.
    await page.getByRole('heading', { name: /^现在够换的/ }).waitFor();
    await look('goods');
    expect(found).toEqual([]);
  });

  it('the board', async () => {
    const page = await openOn('television');
    await page.goto('/board/');
    await page.getByText(/好事$/).waitFor();
    expect(await lookAt(page, 'board', board)).toEqual([]);
  });

  it('all of them without complaint, and without asking another host', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});

/** Sets the text size like the page's own button does. */
async function grow(page: Page, size: 'normal' | 'huge'): Promise<void> {
  await page.evaluate((chosen) => (document.documentElement.dataset.textSize = chosen), size);
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../shared/endpoints.ts';
import { axeFindings } from '../support/axe.ts';
import {
  hasChromium,
  launchBrowser,
  openWindow,
  picture,
  type SIZES,
  type Window,
} from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';

const FINDER = { zh: '找操作', en: 'Find an operation' } as const;

describe.skipIf(!hasChromium)('the API’s reference', () => {
  let program: Program;
  let browser: Browser;
  const windows: Window[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function open(size: keyof typeof SIZES, path: string): Promise<Page> {
    const window = await openWindow(browser, size, program.origin);
    windows.push(window);
    await window.page.goto(path);
    return window.page;
  }

  for (const language of ['zh', 'en'] as const) {
    for (const size of ['desk', 'phone'] as const) {
      it(`reads well in ${language} on a ${size}`, async () => {
        const page = await open(size, `/api/docs/${language}`);
        expect(await page.locator('.operation').count()).toBe(Object.keys(ENDPOINTS).length);
        await picture(page, `reference-${language}-${size}`);
        await page.goto(`/api/docs/${language}#kiosk.redeem`);
        const redeem = page.locator('[id="kiosk.redeem"]');
        await redeem.getByText('ledger.points_short').first().waitFor();
        await picture(page, `reference-${language}-${size}-redeem`);
        expect(await sideways(page)).toBe(0);
      });
    }
  }

  it.each(['desk', 'phone'] as const)('has nothing axe would mend on a %s', async (size) => {
    const page = await open(size, '/api/docs/zh#kiosk.redeem');
    // Folded operations are not looked at: this one stands for them, being made the same way.
    expect(await axeFindings(page, { everything: true })).toEqual([]);
  });

  it('is in the reader’s language, and changes to the other', async () => {
    const page = await open('desk', '/api/docs');
    await page.getByRole('heading', { level: 1, name: '积善接口文档' }).waitFor();
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jishan API reference' }).waitFor();
  });

  it('finds by words, error codes and callers, and says how many', async () => {
    const page = await open('phone', '/api/docs/zh');
    const shown = () => page.locator('.operation:visible').count();
    const field = page.getByRole('searchbox', { name: FINDER.zh });
    await field.fill('兑换 撤销');
    expect(await page.getByRole('status').textContent()).toBe('找到 1 个操作');
    expect(await shown()).toBe(1);
    await field.fill('goods.price_changed');
    expect(await page.locator('.operation:visible').getAttribute('id')).toBe('kiosk.redeem');
    await field.fill('');
    await page.getByLabel('谁在调用').selectOption('household');
    const ofHouseholds = await shown();
    expect(ofHouseholds).toBe(await page.locator('.operation[data-who="household"]').count());
    await field.fill('没有的词');
    expect(await page.getByRole('status').textContent()).toContain('没有这样的操作');
    await picture(page, 'reference-nothing-found');
    await page.getByLabel('谁在调用').selectOption('');
    await field.fill('households.create');
    await page.locator('.operation:visible summary').click();
    await page.locator('.operation:visible .example').last().scrollIntoViewIfNeeded();
    await picture(page, 'reference-example');
    await page.goto('/api/docs/zh#error-ledger.points_short');
    await picture(page, 'reference-errors');
  });

  it('opens and closes all, and is whole on paper', async () => {
    const page = await open('desk', '/api/docs/en');
    const opened = () => page.locator('.operation[open]').count();
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await opened()).toBe(Object.keys(ENDPOINTS).length);
    expect(await sideways(page)).toBe(0);
    await page.getByRole('button', { name: 'Close all' }).click();
    expect(await opened()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('search').isVisible()).toBe(false);
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(30);
  });

  it('needs no script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: program.origin });
    const page = await context.newPage();
    await page.goto('/api/docs/en');
    expect(await page.getByRole('search').count()).toBe(0);
    await page.getByText('/kiosk/redemptions', { exact: true }).first().click();
    await page.getByRole('heading', { name: 'How it may be refused' }).first().waitFor();
    await context.close();
  });

  it('complains of nothing, asks no other host', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});

function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

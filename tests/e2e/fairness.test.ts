import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/desk/fairness/locales/zh-CN.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { speak } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { FairnessDesk } from './pages/fairness.ts';

const { fairness } = words;
const WIDTHS = [
  { width: 390, height: 844 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

describe.skipIf(!hasChromium)('how fairly points are given', () => {
  let program: Program;
  let browser: Browser;
  let window: Window;
  let desk: FairnessDesk;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    const supervisor = readDemoLogins(program).staff.find(({ role }) => role === 'supervisor');
    window = await openWindow(browser, 'desk', program.origin);
    await new Desk(window.page).logIn(supervisor?.username ?? '', supervisor?.password ?? '');
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    desk = new FairnessDesk(window.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function judge(name: string): Promise<void> {
    const { page } = window;
    const found: string[] = [];
    for (const size of WIDTHS) {
      for (const language of ['zh-CN', 'en']) {
        await speak(page, language);
        await page.setViewportSize(size);
        await settle(page);
        await picture(page, `fairness-${name}-${String(size.width)}-${language}`);
        const wrong = await findings(page, { touch: 44 });
        found.push(...wrong.map((what) => `${String(size.width)} ${language}: ${what}`));
      }
    }
    await speak(page, 'zh-CN');
    expect(found).toEqual([]);
  }

  it('tells the supervisor at home what is worth a question, and opens it', async () => {
    const { page } = window;
    const row = page.getByRole('link').filter({ hasText: /审核的占全部积分的 \d+%/ });
    await row.click();
    await page.getByRole('heading', { level: 1, name: fairness.entries.title }).waitFor();
    await page.getByText(/^审核人：/).waitFor();
    await page.goto('/desk/');
  });

  it('stands in the menu, and is in order on a phone, a small and a large screen', async () => {
    await desk.open();
    await judge('page');
  });

  it('names no household on the page itself', async () => {
    const { page } = window;
    expect(await page.locator('main a[href*="/fairness/entries"]').count()).toBeGreaterThan(10);
    expect(await page.locator('main a[href*="/households/"]').count()).toBe(0);
  });

  it.each(['groups', 'proposers', 'approvers', 'rules'] as const)(
    'opens the entries of each figure of %s',
    async (table) => {
      await desk.goTo('?months=6');
      const count = await desk.figures(table).count();
      expect(count).toBeGreaterThan(1);
      // The first rows, with what was taken back and deducted among them.
      for (let at = 0; at < Math.min(count, 6); at += 1) {
        const opened = await desk.openFigure(desk.figures(table).nth(at));
        expect(opened.sum).toBe(opened.figure);
        expect(opened.listed).toBe(Math.min(50, opened.count));
        await desk.back();
        expect(new URL(window.page.url()).searchParams.get('months')).toBe('6');
      }
    },
  );

  it('lists the entries behind a figure in order, and leads to the ledger', async () => {
    const { page } = window;
    await desk.goTo();
    await desk.openFigure(desk.figures('groups').first());
    await judge('entries');
    const choices = page.locator('fieldset');
    await choices.getByText(fairness.entries.of.taken_back, { exact: true }).click();
    await page.waitForURL(/figure=taken_back/);
    await choices.getByText(fairness.entries.all, { exact: true }).click();
    await page.waitForURL((url) => !url.searchParams.has('figure'));
    await page.getByRole('table').getByRole('link').first().click();
    await page.waitForURL(/\/desk\/ledger\/\d+$/);
  });

  it('looks at another stretch, and keeps it in the address', async () => {
    const { page } = window;
    await desk.goTo();
    const before = await desk.section('groups').innerText();
    await page.getByText(fairness.lastMonths.replace('{n}', '6'), { exact: true }).click();
    await page.waitForURL(/months=6/);
    await expect.poll(() => desk.section('groups').innerText()).not.toBe(before);
    await page.getByLabel(fairness.until).selectOption({ index: 2 });
    await page.waitForURL(/until=2\d{3}-\d{2}/);
    await page.reload();
    await expect.poll(() => page.getByLabel(fairness.until).inputValue()).toMatch(/^2\d{3}-\d{2}$/);
  });

  it('lists the households to visit, by group, kindly', async () => {
    const { page } = window;
    await desk.goTo();
    await page.getByText(fairness.quiet.why).waitFor();
    await page.getByRole('link', { name: /^看要走访的/ }).click();
    await page.getByRole('heading', { level: 1, name: fairness.visits.title }).waitFor();
    await page.getByRole('table').getByRole('link').first().waitFor();
    await page.getByText(fairness.quiet.why).waitFor();
    await judge('visits');
    await page.getByRole('table').getByRole('link').first().click();
    await page.waitForURL(/\/desk\/households\/[^/]+$/);
  });
});

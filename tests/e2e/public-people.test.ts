import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { pageFindings } from '../support/page-findings.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Desk } from './pages/desk.ts';

describe.skipIf(!hasChromium)('people in public', () => {
  let program: Program;
  let browser: Browser;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('stand on the back page of a notice with what was done to their accounts', async () => {
    for (const size of ['desk', 'phone'] as const) {
      const window = await openWindow(browser, size, program.origin);
      const { page } = window;
      const committee = readDemoLogins(program).staff.find(({ role }) => role === 'committee');
      const desk = new Desk(page);
      await desk.logIn(committee?.username ?? '', committee?.password ?? '');
      await page.getByRole('heading', { name: /您好/ }).waitFor();
      await page.goto('/desk/notices');
      const sheet = page.locator('.on-paper');
      await sheet.getByRole('heading', { name: '背面：这几天动过的账号' }).waitFor();
      await sheet.getByText(/位工作人员、\d+ 位志愿者/).waitFor();
      expect(await pageFindings(page, 44)).toEqual([]);
      await picture(page, `notice-back-${size}`, { fullPage: true });
      await page.getByLabel('背面印上动过的账号').uncheck();
      await expect.poll(() => sheet.getByRole('heading', { name: /背面/ }).count()).toBe(0);
      await window.context.close();
    }
  });

  it('are counted on the board that scrolls', async () => {
    const window = await openWindow(browser, 'phone', program.origin);
    await window.page.goto('/board');
    await window.page.getByText(/\d+ 个人办事/).waitFor();
    expect(await pageFindings(window.page, 44)).toEqual([]);
    await picture(window.page, 'board-people-phone', { fullPage: true });
    await window.context.close();
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';
import { decideToday } from './pages/rules.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
}

/** F3 of the starter's rule book: 中职3/本科5/硕10/博20. */
describe.skipIf(!hasChromium)('a rule with options, at the desk of the demo village', () => {
  let program: Program;
  let browser: Browser;
  let lane: Window;
  let office: Window;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const file = readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8');
    const logins = JSON.parse(file) as Logins;
    browser = await launchBrowser();
    const enter = async (kind: 'phone' | 'desk', role: string) => {
      const window = await openWindow(browser, kind, program.origin);
      const person = logins.staff.find((one) => one.role === role);
      await new Desk(window.page).logIn(person?.username ?? '', person?.password ?? '');
      await window.page.getByRole('heading', { name: /您好/ }).waitFor();
      return window;
    };
    lane = await enter('phone', 'committee');
    office = await enter('desk', 'admin');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('is given with one tap more than a rule of one figure, and nothing is typed', async () => {
    const { page } = lane;
    const award = new AwardScreen(page);
    await award.open();
    await award.findRule('F3');
    expect(await award.rules().first().innerText()).toContain('中职 +3 / 本科 +5 / 硕 +10 / 博 +20');
    await award.tap(award.rules().first());
    await award.tap(award.households().first());
    const options = page.getByRole('group', { name: '哪一档' });
    expect(await options.getByRole('radio').count()).toBe(4);
    await award.submit();
    await page.getByText('请选是哪一档。').waitFor();
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await award.tap(options.getByText('本科'));
    await award.bar().getByText('+5').waitFor();
    await settle(page);
    await picture(page, 'award-phone-options');
    await award.submit();
    await award.arrived();
    await page.getByText('哪一档：本科').waitFor();
    // Rule, household and option, and submitting twice: the first time was too early.
    expect(award.taps).toBe(5);
  });

  it('is written at the desk with a name and points in each row', async () => {
    const { page } = office;
    await page.goto('/desk/rules');
    await page.getByLabel('查找').fill('F3');
    await page.getByRole('link', { name: /^F3/ }).click();
    await page.getByRole('link', { name: '修改细则' }).click();
    const name = page.getByLabel('第 4 档叫什么');
    expect(await name.inputValue()).toBe('博');
    await page.getByRole('button', { name: '再加一档' }).click();
    await page.getByLabel('第 5 档叫什么').fill('博');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('和上面一档同名，请改一个。').waitFor();
    await settle(page);
    await picture(page, 'rule-desk-options');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: '去掉这一档：博' }).last().click();
    await page.getByLabel('适合老人，在家或家门口就能做').check();
    await decideToday(page);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存为第 2 版。').waitFor();
    await page.getByText('适合老人').first().waitFor();
  });
});

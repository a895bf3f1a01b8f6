/** A village sets its monthly budget by hand, and everybody sees it before points are given. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import budget from '../../client/desk/budget/locales/zh-CN.ts';
import { errorWords } from '../../shared/budget/words.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { settle } from '../support/measure.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';

const { settings, left } = budget.budget;
const SIZES = ['desk', 'phone'] as const;
/** Every category gets a part so small that no award fits. */
const WHOLE = '600';
const PART = '1';

describe.skipIf(!hasChromium)('a monthly budget', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];

  beforeAll(async () => {
    await village.start();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await village.stop();
  });

  async function logIn(role: string): Promise<Page> {
    const person = village.logins.staff.find((one) => one.role === role);
    if (!person) throw new Error(`nobody is ${role}`);
    const window = await openWindow(browser, 'desk', village.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person.username, person.password);
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window.page;
  }
  const part = (page: Page) => page.getByRole('group', { name: settings.heads }).getByRole('textbox');

  it('is set among the settings of the village, with a part for each category', async () => {
    const page = await logIn('admin');
    await page.goto('/desk/village');
    await page.getByLabel(settings.on).check();
    await page.getByLabel(settings.total).fill(WHOLE);
    await expect.poll(() => part(page).count()).toBeGreaterThan(1);
    const count = await part(page).count();
    await part(page).first().fill('601');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(/加起来不超过总额度/).waitFor();
    for (let at = 0; at < count; at += 1) await part(page).nth(at).fill(PART);
    const rest = Number(WHOLE) - count * Number(PART);
    await page.getByText(settings.rest.replace('{points}', String(rest))).waitFor();
    await settle(page);
    expect(await lookAt(page, 'budget-setting', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('group', { name: settings.heads }).scrollIntoViewIfNeeded();
    await picture(page, 'budget-setting-parts');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').getByText('已保存').first().waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel(settings.total).inputValue()).toBe(WHOLE);
    await expect.poll(() => part(page).first().inputValue()).toBe(PART);
  });

  it('stands on the award screen, which says what will not be approved', async () => {
    const page = await logIn('committee');
    const award = new AwardScreen(page);
    await award.open();
    await award.tap(award.rules().first());
    await award.chooseHousehold(village.logins.households[0]?.number ?? '');
    await page.getByText(new RegExp(left.replace('{points}', PART))).waitFor();
    await page.getByText(/审核通不过/).waitFor();
    expect(await lookAt(page, 'budget-award', { sizes: SIZES, touch: 44 })).toEqual([]);
    await award.submit();
    await award.arrived();
  });

  it('stands above the pile and in the question, and refuses what is too much', async () => {
    const page = await logIn('approver');
    const pile = new ApprovalsDesk(page);
    await pile.open();
    await page
      .getByText(/额度只剩 1 分/)
      .first()
      .waitFor();
    const card = page.getByRole('article').first();
    await pile.tick(card);
    expect(await lookAt(page, 'budget-pile', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page
      .locator('.bar')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/额度只剩 1 分/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: /^同意入账/ }).click();
    await dialog.getByText(errorWords['budget.used_up'].zh.title).waitFor();
    await picture(page, 'budget-refused');
  });

  it.each(['committee', 'supervisor'])('stands on the home page of %s', async (role) => {
    const page = await logIn(role);
    await page.getByRole('heading', { name: /积分额度/ }).waitFor();
    expect(await lookAt(page, `budget-home-${role}`, { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('leaves no complaint of a page, and the book verifies', async () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
    expect(await village.command('verify')).toMatch(/./u);
  });
});

/** A rule is changed at the desk from a day on, read before it counts, compared with what counts now, and filed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import rulesWords from '../../client/desk/rules/locales/zh-CN.ts';
import words from '../../client/desk/rules/history/locales/zh-CN.ts';
import phoneWords from '../../client/me/locales/zh-CN.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { DECIDERS } from '../../shared/rules/decider-words.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { Phone } from './pages/phone.ts';

const { versions: ruleVersions } = words.rules;
const { rules } = rulesWords;
const SIZES = ['desk', 'phone'] as const;
const TODAY = businessDay(Date.now(), 'Asia/Shanghai');
const FROM = addDays(TODAY, 12);

describe.skipIf(!hasChromium)('versions of a rule', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];
  let page: Page;

  beforeAll(async () => {
    await village.start();
    browser = await launchBrowser();
    page = await logIn('admin');
  }, 240_000);
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

  it('is made by a form that asks from which day, and who decided it', async () => {
    await page.goto('/desk/rules');
    await page.getByRole('link', { name: /^A1\s*庭院美/ }).click();
    await page.getByRole('link', { name: rules.edit }).click();
    await page.getByLabel(rules.points, { exact: true }).fill('3');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(ruleVersions.wrong.decidedBy).waitFor();
    await page.getByText(ruleVersions.wrong.decidedOn).waitFor();
    await page.getByLabel(ruleVersions.effectiveFrom).fill(FROM);
    await page.getByLabel(ruleVersions.decidedBy).selectOption(DECIDERS.representatives.zh);
    await page.getByLabel(ruleVersions.decidedOn).fill(addDays(TODAY, -1));
    expect(await lookAt(page, 'rule-version-form', { sizes: SIZES, touch: 44 })).toEqual([]);
    await picture(page, 'rule-version-form-whole', { fullPage: true });
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').getByText('已保存为第').first().waitFor();
  });

  it('stands in the rule book and on the page of the rule before it counts', async () => {
    const card = page.getByRole('region', { name: rules.history });
    await card.getByText(ruleVersions.state.announced, { exact: true }).waitFor();
    await card.getByText(ruleVersions.state.counts, { exact: true }).waitFor();
    expect(await lookAt(page, 'rule-versions', { sizes: SIZES, touch: 44 })).toEqual([]);
    await picture(page, 'rule-versions-whole', { fullPage: true });
    await page.goto('/desk/rules');
    const announced = page.getByRole('region', { name: ruleVersions.announced });
    await announced.getByText('+5 分 → +3 分').waitFor();
    expect(await lookAt(page, 'rule-book-announced', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('is compared side by side with what counts, and what differs is marked', async () => {
    await page
      .getByRole('region', { name: ruleVersions.announced })
      .getByRole('link', { name: /^A1 / })
      .click();
    await page.getByRole('link', { name: ruleVersions.compare }).first().click();
    const row = page.getByRole('row').filter({ hasText: ruleVersions.differs });
    await row.first().waitFor();
    expect(await row.count()).toBe(1);
    expect((await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())).toEqual([
      '+5 分',
      '+3 分',
    ]);
    await page.getByRole('cell', { name: new RegExp(DECIDERS.representatives.zh) }).waitFor();
    expect(await lookAt(page, 'rule-compare', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('is filed with the township, the whole book at once', async () => {
    await page.goto('/desk/rules');
    await page.getByRole('button', { name: ruleVersions.fileAll }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(ruleVersions.filedOn).fill(TODAY);
    expect(await lookAt(page, 'rule-filing', { sizes: SIZES, touch: 44 })).toEqual([]);
    await dialog.getByRole('button', { name: ruleVersions.file }).click();
    await page.getByRole('status').getByText(ruleVersions.wasFiled).first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: ruleVersions.fileAll }).count()).toBe(0);
  });

  it('is read on the phone of a household before it counts', async () => {
    const window = await openWindow(browser, 'phone', village.origin);
    windows.push(window);
    const [household] = village.logins.households;
    const phone = new Phone(window.page);
    await phone.openByNumber(household?.number ?? '', household?.pin ?? '');
    await phone.show('rules');
    const list = window.page.getByRole('list', { name: phoneWords.changes.title });
    await list.getByText(/改为 \+3 分（原来 \+5 分）/).waitFor();
    expect(await lookAt(window.page, 'rule-announced-me', { sizes: ['phone'], touch: 44 })).toEqual([]);
  });

  it('leaves no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

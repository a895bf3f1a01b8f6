/** A reminder by hand, read on the phone; days pass; a deduction by two, told on paper, explained, answered, and agreed to. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import approvals from '../../client/desk/approvals/locales/zh-CN.ts';
import words from '../../client/desk/deductions/locales/zh-CN.ts';
import menu from '../../client/desk/deductions/menu/locales/zh-CN.ts';
import objecting from '../../client/me/parts/objections/locales/zh-CN.ts';
import own from '../../client/me/parts/reminders/locales/zh-CN.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';
import { ObjectionsDesk } from './pages/objections.ts';
import { Phone } from './pages/phone.ts';

const { deductions } = words;
const { reminders } = own;
const SIZES = ['desk', 'phone'] as const;
const PATIENCE_MS = 150_000;
const SAID = '污水从厨房流到了村道上，请接进管道';
const EXPLAINED = '那天是水管破了，第二天就修好了';

describe.skipIf(!hasChromium)('deductions', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];
  let number = '';
  let phone: Page;

  beforeAll(async () => {
    await village.start();
    browser = await launchBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await village.stop();
  });

  const household = () => village.logins.households[0] ?? { number: '', pin: '' };

  async function logIn(role: string, place = 0): Promise<Page> {
    const person = village.logins.staff.filter((one) => one.role === role)[place];
    if (!person) throw new Error(`nobody is ${role}`);
    const window = await openWindow(browser, 'desk', village.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person.username, person.password);
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window.page;
  }

  async function openPhone(): Promise<Page> {
    const window = await openWindow(browser, 'phone', village.origin);
    windows.push(window);
    await new Phone(window.page).openByNumber(household().number, household().pin);
    return window.page;
  }

  async function openReminder(page: Page): Promise<void> {
    await page.goto('/desk/reminders');
    await page.getByText(deductions.filter.all, { exact: true }).click();
    await page.getByRole('link', { name: new RegExp(deductions.one.replace('{number}', number)) }).click();
    await page.getByText(SAID).first().waitFor();
  }

  async function note(page: Page, step: keyof typeof deductions.step): Promise<void> {
    await page.getByRole('main').getByRole('button', { name: deductions.step[step], exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: deductions.step[step], exact: true }).click();
    await page.getByRole('status').getByText(deductions.done).first().waitFor();
  }

  async function daysLater(days: number): Promise<void> {
    await village.kill();
    village.setClock(village.aheadMs + days * DAY_MS);
    await village.start();
  }

  const ownPart = () => phone.getByRole('listitem').filter({ hasText: SAID });

  it('begins with a reminder, for which a slip is printed', async () => {
    const page = await logIn('committee');
    await page.goto('/desk/reminders');
    expect(await lookAt(page, 'reminders-list', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('link', { name: deductions.make }).click();
    await page.getByLabel(deductions.household).fill(household().number);
    await page
      .getByRole('button', { name: new RegExp(`${household().number} `) })
      .first()
      .click();
    await page.getByLabel(deductions.rule).selectOption({ label: 'N2 乱倒垃圾、污水' });
    await page.getByLabel(deductions.words).fill(SAID);
    expect(await lookAt(page, 'reminder-new', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: deductions.save }).click();
    await page.getByRole('heading', { level: 1, name: /^第 \d+ 号提醒$/ }).waitFor();
    number =
      /第 (\d+) 号/.exec((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[1] ?? '';
    expect(await lookAt(page, 'reminder-made', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 559, height: 794 });
    await picture(page, 'reminder-slip-paper', { fullPage: true });
    await page.locator('.sheet').getByText(deductions.signed).waitFor();
  });

  it('is read on the phone of the household, and waits for its day', async () => {
    phone = await openPhone();
    await ownPart().getByText(SAID).waitFor();
    expect(await lookAt(phone, 'reminder-me', { sizes: ['phone'], touch: 44 })).toEqual([]);
    await ownPart().getByRole('button', { name: reminders.seen }).click();
    await ownPart()
      .getByText(/改正中/)
      .first()
      .waitFor();
    const page = await logIn('committee');
    await openReminder(page);
    await page.getByText(/改正中，到/).waitFor();
    expect(await page.getByRole('link', { name: deductions.propose }).count()).toBe(0);
    await picture(page, 'reminder-waits', { fullPage: true });
  });

  it('is followed by a deduction that another person approves, and that is told on paper', async () => {
    await daysLater(5);
    const page = await logIn('committee');
    await picture(page, 'reminder-home', { fullPage: true });
    await page.getByRole('link', { name: new RegExp(menu.deductions.home) }).click();
    await openReminder(page);
    expect(await lookAt(page, 'reminder-ready', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('link', { name: deductions.propose }).click();
    await page.getByText(/N2/).first().waitFor();
    const screen = new AwardScreen(page);
    await screen.submit();
    await page.getByRole('dialog').getByRole('button').last().click();
    await screen.arrived();
    const decider = await logIn('approver');
    const pile = new ApprovalsDesk(decider);
    await pile.open();
    await picture(decider, 'deduction-waits', { fullPage: true });
    await pile.tick(pile.card('乱倒垃圾').filter({ hasText: household().number }));
    await decider
      .locator('.bar')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    await decider
      .getByRole('dialog')
      .getByText(/扣分不马上入账|扣分先告知农户/)
      .waitFor();
    await picture(decider, 'deduction-approve', { fullPage: true });
    await decider
      .getByRole('dialog')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    await decider.getByText(approvals.approvals.told).first().waitFor();
    await openReminder(page);
    expect(await lookAt(page, 'deduction-to-tell', { sizes: SIZES, touch: 44 })).toEqual([]);
    await note(page, 'tell_paper');
    await page.getByText(/等农户答复，到/).waitFor();
    await picture(page, 'deduction-told', { fullPage: true });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 559, height: 794 });
    await picture(page, 'deduction-slip-paper', { fullPage: true });
  }, 180_000);

  it('is explained on the phone, and answered by somebody who had no part in it', async () => {
    await phone.context().close();
    phone = await openPhone();
    await ownPart().getByText(SAID).waitFor();
    expect(await lookAt(phone, 'deduction-me', { sizes: ['phone'], touch: 44 })).toEqual([]);
    await ownPart().getByRole('button', { name: reminders.explain }).click();
    await phone.getByRole('textbox').fill(EXPLAINED);
    await phone.getByRole('button', { name: objecting.objecting.send }).click();
    await phone.getByText(/回执号是第/).waitFor();
    await phone.getByRole('button', { name: objecting.objecting.close }).click();
    await ownPart().getByText(reminders.standing.explained).waitFor();
    await picture(phone, 'deduction-me-explained', { fullPage: true });
    const page = await logIn('approver', 1);
    await page.goto('/desk/objections');
    await page
      .getByRole('main')
      .getByRole('link', { name: /N2|污水/ })
      .first()
      .click();
    await page.getByText(EXPLAINED).waitFor();
    await new ObjectionsDesk(page).answer('rejected', '去看过，第三天还在流');
  });

  it('is agreed to on the phone, and counted by the clock', async () => {
    await phone.reload();
    await ownPart().getByRole('button', { name: reminders.agree }).click();
    await picture(phone, 'deduction-me-agreeing', { fullPage: true });
    await ownPart().getByRole('button', { name: reminders.yes }).click();
    await ownPart().getByText(reminders.agreed).waitFor();
    const page = await logIn('committee');
    await expect
      .poll(
        async () => {
          await openReminder(page);
          return page.getByRole('main').getByText(deductions.standing.counted, { exact: true }).count();
        },
        { timeout: PATIENCE_MS, interval: 5000 },
      )
      .toBe(1);
    await picture(page, 'deduction-counted', { fullPage: true });
    await phone.reload();
    await new Phone(phone).show('passbook');
    await phone.getByText(/污水/).first().waitFor();
    await picture(phone, 'deduction-me-passbook', { fullPage: true });
    expect(await village.command('verify')).toMatch(/./u);
  }, 240_000);

  it('leaves no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

/** An objection by phone and one on paper, by hand: the deed waits, the answers are published, a supervisor looks again. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import board from '../../client/board/locales/zh-CN.ts';
import notices from '../../client/desk/notices/locales/zh-CN.ts';
import words from '../../client/desk/objections/locales/zh-CN.ts';
import menu from '../../client/desk/objections/menu/locales/zh-CN.ts';
import settings from '../../client/desk/village/locales/zh-CN.ts';
import phoneWords from '../../client/me/locales/zh-CN.ts';
import own from '../../client/me/parts/objections/locales/zh-CN.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';
import { NumberedNotices } from './pages/numbered-notices.ts';
import { ObjectionsDesk } from './pages/objections.ts';
import { Phone } from './pages/phone.ts';

const { objections } = words;
const { objecting } = own;
const { numbered } = notices.notices;
const SIZES = ['desk', 'phone'] as const;
const DAYS = 3;
const PATIENCE_MS = 90_000;
const SAID = '我家打扫了两条巷子，只记了一条';

describe.skipIf(!hasChromium)('objections', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];
  let ownPhone: Page;
  /** The number of the notice, and that of the first objection of this test. */
  let notice = 0;
  let first = 0;

  beforeAll(async () => {
    await village.start();
    browser = await launchBrowser();
    const page = await logIn('admin');
    await page.goto('/desk/village');
    await page.getByLabel(settings.village.noticeDays).selectOption(String(DAYS));
    await picture(page, 'objection-setting', { fullPage: true });
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').getByText('已保存').first().waitFor();
    await hang();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await village.stop();
  });

  async function logIn(role: string, place = 0): Promise<Page> {
    const person = village.logins.staff.filter((one) => one.role === role)[place];
    if (!person) throw new Error(`nobody is ${role}`);
    const window = await openWindow(browser, 'desk', village.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person.username, person.password);
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window.page;
  }

  /** An award is proposed, approved, put on a notice, signed and put up. */
  async function hang(): Promise<void> {
    const page = await logIn('committee');
    const award = new AwardScreen(page);
    await award.open();
    await award.tap(award.rules().first());
    await award.chooseHousehold(village.logins.households[0]?.number ?? '');
    await award.submit();
    await award.arrived();
    const decider = await logIn('approver');
    const pile = new ApprovalsDesk(decider);
    await pile.open();
    await pile.tick(decider.getByRole('article').first());
    await decider
      .locator('.bar')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    await decider
      .getByRole('dialog')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    await decider
      .getByText(/等着上公示/)
      .first()
      .waitFor();
    const desk = new NumberedNotices(page);
    await desk.open();
    notice = await desk.make();
    const supervisor = new NumberedNotices(await logIn('supervisor'));
    await supervisor.openOne(notice);
    await supervisor.sign('看过了');
    await desk.openOne(notice);
    await desk.putUp();
  }

  it('is made on the phone of the household, and gives a number', async () => {
    const window = await openWindow(browser, 'phone', village.origin);
    windows.push(window);
    ownPhone = window.page;
    const [household] = village.logins.households;
    await new Phone(ownPhone).openByNumber(household?.number ?? '', household?.pin ?? '');
    const coming = ownPhone.getByRole('region', { name: phoneWords.coming.title });
    await picture(ownPhone, 'objection-me-before', { fullPage: true });
    // The newest deed comes first.
    await coming.getByRole('button', { name: phoneWords.passbook.object }).first().click();
    await ownPhone.getByRole('textbox').fill(SAID);
    expect(await lookAt(ownPhone, 'objection-me-form', { sizes: ['phone'], touch: 44 })).toEqual([]);
    await ownPhone.getByRole('button', { name: objecting.send }).click();
    const receipt = await ownPhone.getByText(/回执号是第 \d+ 号/).innerText();
    first = Number(/\d+/.exec(receipt)?.[0]);
    await picture(ownPhone, 'objection-me-sent', { fullPage: true });
    await ownPhone.getByRole('button', { name: objecting.close }).click();
    await ownPhone.getByText(phoneWords.coming.contested).waitFor();
  });

  it('is keyed in from paper at the deed, and its receipt is printed', async () => {
    const page = await logIn('committee');
    await page.goto('/desk/objections/new');
    expect(await lookAt(page, 'objection-new', { sizes: SIZES, touch: 44 })).toEqual([]);
    await new ObjectionsDesk(page).openOne(first);
    await page.getByText(objections.hidden).waitFor();
    expect(await page.getByText(SAID).count()).toBe(0);
    await page.getByRole('link', { name: /^关于/ }).click();
    await page.getByRole('link', { name: menu.objections.menu.fromDeed }).click();
    await new ObjectionsDesk(page).keyIn('他家那天没有人');
    await picture(page, 'objection-keyed-in', { fullPage: true });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 559, height: 794 });
    await picture(page, 'objection-receipt-paper', { fullPage: true });
    await page
      .locator('.sheet')
      .getByText(`回执号：第 ${String(first + 1)} 号`)
      .waitFor();
  });

  it('holds the deed at the end of the notice; the notice, its paper and the board say so', async () => {
    const desk = new NumberedNotices(await logIn('committee'));
    await desk.openOne(notice);
    await desk.page.getByRole('article').first().getByText(numbered.contested).waitFor();
    expect(await lookAt(desk.page, 'objection-notice', { sizes: SIZES, touch: 44 })).toEqual([]);
    const tv = await openWindow(browser, 'desk', village.origin);
    windows.push(tv);
    await tv.page.goto('/board');
    await tv.page.getByText(/本期异议 2 条/).waitFor({ timeout: 120_000 });
    await tv.page.getByText(board.board.contested).first().waitFor();
    await picture(tv.page, 'objection-board');
  }, 180_000);

  it('is answered by somebody who had no part in it, and not by who approved the deed', async () => {
    const approver = new ObjectionsDesk(await logIn('approver'));
    await approver.openOne(first);
    await approver.page.getByText(objections.whyNot.had_part).waitFor();
    expect(await approver.page.getByText(SAID).count()).toBe(0);
    const page = await logIn('approver', 1);
    await picture(page, 'objection-home', { fullPage: true });
    await page.getByRole('link', { name: new RegExp(menu.objections.home.forMe) }).click();
    await page.getByRole('heading', { level: 1, name: objections.title }).waitFor();
    expect(await lookAt(page, 'objections-list', { sizes: SIZES, touch: 44 })).toEqual([]);
    const desk = new ObjectionsDesk(page);
    await desk.openOne(first);
    await page.getByText(SAID).waitFor();
    expect(await lookAt(page, 'objection-to-answer', { sizes: SIZES, touch: 44 })).toEqual([]);
    await desk.answer('rejected', '那条巷子是前一天扫的，已经记过');
    await picture(page, 'objection-answered', { fullPage: true });
    await desk.openOne(first + 1);
    await desk.answer('rejected', '组长和两位邻居都在场');
  });

  it('is appealed on the phone, and a supervisor lets the answer stand', async () => {
    await ownPhone.getByRole('button', { name: phoneWords.home.objections }).click();
    await ownPhone.getByText(/已经记过/).waitFor();
    await picture(ownPhone, 'objection-me-answer', { fullPage: true });
    await ownPhone.getByRole('button', { name: objecting.appeal }).click();
    await ownPhone.getByRole('textbox').fill('两天扫的不是一条');
    await ownPhone.getByRole('button', { name: objecting.appeal }).click();
    await ownPhone.getByText(objecting.appealed, { exact: true }).waitFor();
    const page = await logIn('supervisor');
    await page.getByRole('link', { name: new RegExp(menu.objections.home.appeals) }).click();
    const desk = new ObjectionsDesk(page);
    await desk.openOne(first);
    expect(await lookAt(page, 'objection-appeal', { sizes: SIZES, touch: 44 })).toEqual([]);
    await desk.judge('看过照片，是同一条');
    await picture(page, 'objection-settled', { fullPage: true });
  });

  it('is posted by the clock afterwards, and the outcomes stand on the notice without names', async () => {
    await village.kill();
    village.setClock((DAYS + 2) * DAY_MS);
    await village.start();
    const page = await logIn('committee');
    const desk = new NumberedNotices(page);
    await expect
      .poll(
        async () => {
          await desk.openOne(notice);
          return page.getByRole('main').getByText(numbered.state.ended, { exact: true }).count();
        },
        { timeout: PATIENCE_MS, interval: 3000 },
      )
      .toBe(1);
    await page
      .getByText(/本期异议 2 条：维持 2/)
      .first()
      .waitFor();
    expect(await page.getByText(SAID).count()).toBe(0);
    await picture(page, 'objection-published', { fullPage: true });
    expect(await village.command('verify')).toMatch(/./u);
  }, 180_000);

  it('leaves no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

/** A work day by hand: announced, signed in to by number, scanner, camera and paper, closed, and somebody entered late. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import approvals from '../../client/desk/approvals/locales/zh-CN.ts';
import words from '../../client/desk/workdays/locales/zh-CN.ts';
import menu from '../../client/desk/workdays/menu/locales/zh-CN.ts';
import own from '../../client/me/parts/workdays/locales/zh-CN.ts';
import { addDays, businessDay, DAY_MS } from '../../shared/business-day.ts';
import {
  hasChromium,
  launchBrowser,
  openWindow,
  picture,
  SIZES as VIEWS,
  type Window,
} from '../support/browser.ts';
import { qrPrint, writeFilm } from '../support/fake-camera.ts';
import { startProgram } from '../support/program.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';
import { Phone } from './pages/phone.ts';
import { WorkdaysDesk } from './pages/workdays.ts';

const { workdays } = words;
const SIZES = ['desk', 'phone'] as const;
const TITLE = '清扫村委大院';
const TOUCH = 44;

describe.skipIf(!hasChromium)('a village without work days', () => {
  it('says so, and how to announce one', async () => {
    const program = await startProgram('sqlite');
    const browser = await launchBrowser();
    try {
      const { page } = await openWindow(browser, 'desk', program.origin);
      const admin = { name: '孙敏', username: 'sunmin', password: 'qianwa-sunmin-2026' };
      await new Desk(page).setUp('前洼村', '谷旦镇', admin);
      await page.goto('/desk/workdays');
      await page.getByText(workdays.none).waitFor();
      expect(await lookAt(page, 'workdays-none', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    } finally {
      await browser.close();
      await program.stop();
    }
  });
});

describe.skipIf(!hasChromium)('a work day', () => {
  const village = new RoughVillage();
  /** The day of the event, after that of the demo. */
  const day = addDays(businessDay(Date.now(), 'Asia/Shanghai'), 1);
  const windows: Window[] = [];
  let browser: Browser;
  let keeper: WorkdaysDesk;
  const [first, second, third, fourth] = village.logins.households;
  const numberOf = (household: typeof first) => household?.number ?? '';

  beforeAll(async () => {
    setClock('08:10');
    await village.start();
    const film = join(village.folder, 'card.y4m');
    writeFilm(film, [{ print: qrPrint(`${village.origin}/me/#c=${third?.card ?? ''}`), pictures: 20 }]);
    browser = await launchBrowser(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    );
    keeper = new WorkdaysDesk(await logIn('committee'));
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await village.stop();
  });

  function setClock(clock: string, daysLater = 0): void {
    village.setClock(Date.parse(`${day}T${clock}:00+08:00`) + daysLater * DAY_MS - Date.now());
  }

  async function logIn(role: string, size: 'desk' | 'phone' = 'desk'): Promise<Page> {
    const person = village.logins.staff.find((one) => one.role === role);
    if (!person) throw new Error(`nobody is ${role}`);
    const window = await openWindow(browser, size, village.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person.username, person.password);
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window.page;
  }

  it('is announced, and stands on the board and on a household’s phone', async () => {
    const { page } = keeper;
    await page.goto('/desk/workdays');
    await page.getByRole('link', { name: /村道大扫除/ }).waitFor();
    expect(await lookAt(page, 'workdays', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await keeper.fillIn({
      title: TITLE,
      day,
      from: '08:00',
      until: '11:00',
      place: '村委门口',
      rule: /\/小时/,
    });
    expect(await lookAt(page, 'workday-new', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await keeper.announce();
    const tv = await openWindow(browser, 'desk', village.origin);
    windows.push(tv);
    await tv.page.goto('/board');
    await tv.page.getByText(TITLE).waitFor({ timeout: 120_000 });
    // One picture of the round fades into the next.
    await expect.poll(() => tv.page.locator('.slide').count()).toBe(1);
    await picture(tv.page, 'workday-board');
    await tv.page.setViewportSize(VIEWS.phone);
    await tv.page.getByText(TITLE).scrollIntoViewIfNeeded();
    await picture(tv.page, 'workday-board-phone');
    const phone = await openWindow(browser, 'phone', village.origin);
    windows.push(phone);
    await new Phone(phone.page).openByNumber(numberOf(first), first?.pin ?? '');
    await phone.page.getByRole('region', { name: own.workday.title }).getByText(TITLE).waitFor();
    expect(await lookAt(phone.page, 'workday-me', { sizes: ['phone'], touch: TOUCH })).toEqual([]);
    await phone.page.getByText(TITLE).scrollIntoViewIfNeeded();
    await picture(phone.page, 'workday-me', { fullPage: true });
  }, 240_000);

  it('is signed in to by number, by a scanner and by the camera of a phone', async () => {
    const { page } = keeper;
    await page.goto('/desk/');
    await page.getByText(menu.workdays.home.open).waitFor();
    await keeper.open(TITLE);
    await keeper.type(numberOf(first), 'in');
    await page.getByLabel(workdays.number).fill(numberOf(first));
    await page.getByRole('button', { name: workdays.go.in, exact: true }).click();
    await page.getByText('已经签过到', { exact: true }).waitFor();
    expect(await lookAt(page, 'workday-twice', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await page.setViewportSize(VIEWS.desk);
    await keeper.scan(second?.card ?? '', numberOf(second), 'in');
    const lane = new WorkdaysDesk(await logIn('committee', 'phone'));
    await lane.open(TITLE);
    await lane.page.getByRole('button', { name: workdays.scan }).click();
    await lane.page
      .getByText(new RegExp(`签到了：${numberOf(third)}`))
      .first()
      .waitFor();
    await picture(lane.page, 'workday-camera');
    await lane.page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
    expect(await lookAt(lane.page, 'workday-signing-in', { sizes: SIZES, touch: TOUCH })).toEqual([]);
  }, 120_000);

  it('takes a paper list, and prints the sheet with room for signatures', async () => {
    const { page } = keeper;
    await keeper.open(TITLE);
    await page.getByRole('link', { name: workdays.paper }).click();
    await page.getByLabel(workdays.paperSearch).fill(numberOf(fourth));
    await page.getByRole('checkbox', { name: new RegExp(`^${numberOf(fourth)}`) }).check();
    expect(await lookAt(page, 'workday-paper-list', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await page.setViewportSize(VIEWS.desk);
    await page.getByLabel(workdays.newHours).selectOption({ label: '2 小时' });
    await page.getByRole('button', { name: workdays.paperSave.replace('{n}', '1') }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await page
      .locator('.sheet')
      .getByText(workdays.sheet.signature, { exact: true })
      .waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await picture(page, 'workday-sheet', { fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize(VIEWS.desk);
  });

  it('is signed out of, and closed once whoever cannot be awarded is left out', async () => {
    setClock('10:40');
    const { page } = keeper;
    await keeper.open(TITLE);
    await keeper.choose('signOut');
    await keeper.type(numberOf(first), 'out');
    await keeper.scan(second?.card ?? '', numberOf(second), 'out');
    await expect.poll(() => page.getByText('没签退，算不出时长').count()).toBe(1);
    await keeper.change(numberOf(third), 'leaveOut', '早走了，没签退');
    await keeper.change(numberOf(first), 'setHours', '中间回了趟家', '2 小时');
    expect(await lookAt(page, 'workday-to-close', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await page.setViewportSize(VIEWS.desk);
    await picture(page, 'workday-to-close', { fullPage: true });
    await page.getByRole('button', { name: workdays.close }).click();
    await picture(page, 'workday-closing');
    await page.getByRole('dialog').getByRole('button', { name: workdays.close }).click();
    await keeper.said(/报了 3 条加分/);
    await page.getByRole('link', { name: workdays.deed }).first().waitFor();
    await picture(page, 'workday-closed', { fullPage: true });
  }, 120_000);

  it('lets somebody be entered late by two people, marked for whoever approves', async () => {
    setClock('09:00', 1);
    const { page } = keeper;
    await keeper.open(TITLE);
    await page.getByRole('button', { name: workdays.lateTitle }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(workdays.number).fill(village.logins.households[4]?.number ?? '');
    await dialog.getByLabel(workdays.lateReason).fill('卡忘在家里，组长看见的');
    expect(await lookAt(page, 'workday-late', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await page.setViewportSize(VIEWS.desk);
    await dialog.getByRole('button', { name: workdays.lateGo }).click();
    await new Changes(page).handIn('组长作证');
    const approver = await logIn('approver');
    await approver.goto('/desk/changes');
    await approver.getByText('卡忘在家里').waitFor();
    await picture(approver, 'workday-late-agreeing', { fullPage: true });
    await new Changes(approver).agree();
    await keeper.open(TITLE);
    await page.getByText(workdays.lateMark, { exact: true }).first().waitFor();
    expect(await lookAt(page, 'workday-late-entered', { sizes: SIZES, touch: TOUCH })).toEqual([]);
    await page.setViewportSize(VIEWS.desk);
    await page.getByRole('button', { name: workdays.proposeLate.replace('{n}', '1') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: workdays.proposeLate.replace('{n}', '1') })
      .click();
    await keeper.said(/报了 1 条加分/);
    await new ApprovalsDesk(approver).open();
    await approver.getByText(approvals.approvals.concern.late).first().waitFor();
    await picture(approver, 'workday-approvals', { fullPage: true });
    expect(await village.command('verify')).toMatch(/./u);
  }, 120_000);

  it('leaves no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

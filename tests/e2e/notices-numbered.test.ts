/** The way of an award through a notice, by hand, with the server off when its days end. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import approving from '../../client/desk/approvals/locales/zh-CN.ts';
import notices from '../../client/desk/notices/locales/zh-CN.ts';
import menu from '../../client/desk/notices/menu/locales/zh-CN.ts';
import settings from '../../client/desk/village/locales/zh-CN.ts';
import phone from '../../client/me/locales/zh-CN.ts';
import board from '../../client/board/locales/zh-CN.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { demoStaff } from '../support/demo-village.ts';
import { settle } from '../support/measure.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';
import { Kiosk } from './pages/kiosk.ts';
import { NumberedNotices } from './pages/numbered-notices.ts';
import { Phone } from './pages/phone.ts';

const { numbered } = notices.notices;
const { approvals } = approving;
const SIZES = ['desk', 'phone'] as const;
const DAYS = 5;
/** The clock's job runs each minute. */
const PATIENCE_MS = 90_000;

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly pointsMode?: string;
    readonly points?: number | null;
  }[];
}

describe.skipIf(!hasChromium)('a notice of awards', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];
  let number = 0;

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

  it('begins when the village sets its days', async () => {
    const page = await logIn('admin');
    await page.goto('/desk/village');
    const days = page.getByLabel(settings.village.noticeDays);
    await days.selectOption(String(DAYS));
    await settle(page);
    await picture(page, 'notice-setting', { fullPage: true });
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').getByText('已保存').first().waitFor();
  });

  it('is approved for a notice, and says so before and afterwards', async () => {
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
    const card = decider.getByRole('article').first();
    await pile.tick(card);
    await decider
      .locator('.bar')
      .getByRole('button', { name: /^同意入账/ })
      .click();
    const dialog = decider.getByRole('dialog');
    await dialog.getByText(approvals.effectNotice.replace('{n}', String(DAYS))).waitFor();
    await picture(decider, 'notice-approve');
    await dialog.getByRole('button', { name: /^同意入账/ }).click();
    await decider
      .getByText(/等着上公示/)
      .first()
      .waitFor();
  });

  it('is made, signed by the supervisor, printed and put up', async () => {
    const page = await logIn('committee');
    await page.getByRole('link', { name: new RegExp(menu.notices.home.deeds) }).click();
    const desk = new NumberedNotices(page);
    expect(await lookAt(page, 'notices-waiting', { sizes: SIZES, touch: 44 })).toEqual([]);
    number = await desk.make();
    await desk.stands('made');
    expect(await page.getByRole('button', { name: numbered.putUp, exact: true }).isDisabled()).toBe(true);
    expect(await lookAt(page, 'notice-made', { sizes: SIZES, touch: 44 })).toEqual([]);
    const supervisor = await logIn('supervisor');
    await supervisor.getByRole('link', { name: new RegExp(menu.notices.home.toReview) }).click();
    const reviewing = new NumberedNotices(supervisor);
    await reviewing.openOne(number);
    expect(await supervisor.getByRole('button', { name: numbered.putUp, exact: true }).count()).toBe(0);
    await reviewing.sign('名单和评议记录一致');
    await picture(supervisor, 'notice-signed', { fullPage: true });
    await desk.openOne(number);
    await desk.putUp();
    await desk.stands('up');
    expect(await lookAt(page, 'notice-up', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await picture(page, 'notice-numbered-paper', { fullPage: true });
    const paper = page.locator('.sheet').getByText(numbered.signature, { exact: true });
    expect(await paper.first().isVisible()).toBe(true);
  });

  it('is seen on the board and on the phone of the household', async () => {
    const tv = await openWindow(browser, 'desk', village.origin);
    windows.push(tv);
    await tv.page.goto('/board');
    const head = tv.page.getByText(board.board.notice.replace('{number}', String(number)));
    await head.first().waitFor({ timeout: 120_000 });
    await picture(tv.page, 'notice-board');
    const own = await openWindow(browser, 'phone', village.origin);
    windows.push(own);
    const [household] = village.logins.households;
    await new Phone(own.page).openByNumber(household?.number ?? '', household?.pin ?? '');
    await own.page.getByRole('heading', { name: phone.coming.title }).waitFor();
    await picture(own.page, 'notice-phone', { fullPage: true });
    expect(await lookAt(own.page, 'notice-me', { sizes: ['phone'], touch: 44 })).toEqual([]);
  }, 180_000);

  it('hangs by itself once a paired television has shown all of it', async () => {
    const [committee, approver, supervisor] = [
      await demoStaff(village, village.logins, 'committee'),
      await demoStaff(village, village.logins, 'approver'),
      await demoStaff(village, village.logins, 'supervisor'),
    ];
    const { items: rules } = (await committee('GET', '/rules')) as unknown as Listed;
    const { items: households } = (await committee('GET', '/households?limit=1')) as unknown as Listed;
    const rule = rules.find(({ pointsMode, points }) => pointsMode === 'fixed' && (points ?? 0) > 0);
    const deed = { ruleId: rule?.id, householdIds: [households[0]?.id], note: '老支书看见的' };
    const { ids } = (await committee('POST', '/proposals', deed)) as { ids?: readonly string[] };
    const { mark } = await approver('GET', `/proposals/${ids?.[0] ?? ''}`);
    await approver('POST', '/proposals/decisions', { action: 'approve', ids, marks: [mark] });
    const { id } = await committee('POST', '/notices/numbered', {});
    const made = await committee('GET', `/notices/numbered/${String(id)}`);
    await supervisor('POST', `/notices/numbered/${String(id)}/reviews`, { hash: made.hash });
    const tv = await openWindow(browser, 'desk', village.origin);
    windows.push(tv);
    const { page } = tv;
    const kicker = page.getByText(board.board.notice.replace('{number}', String(made.number)));
    await page.goto('/board');
    await page.locator('.pips').waitFor();
    const round = await page.locator('.pips i').count();
    const { code } = await village.ask('POST', '/kiosks', { name: '村口大屏' });
    await new Kiosk(page).pair(String(code));
    await page.goto('/board');
    // Nothing of it stood on the screen before this was a paired device: now it has one picture more.
    await page.locator('.pips').waitFor();
    expect(await page.locator('.pips i').count()).toBe(round + 1);
    await kicker.first().waitFor({ timeout: 180_000 });
    const desk = new NumberedNotices(await logIn('committee'));
    await expect
      .poll(
        async () => {
          await desk.openOne(Number(made.number));
          return desk.page.getByText('公示屏（村口大屏）').count();
        },
        { timeout: PATIENCE_MS, interval: 3000 },
      )
      .toBe(1);
    expect(await lookAt(desk.page, 'notice-by-screen', { sizes: SIZES, touch: 44 })).toEqual([]);
  }, 300_000);

  it('is posted when the server starts after the days have ended', async () => {
    await village.kill();
    village.setClock((DAYS + 2) * DAY_MS);
    await village.start();
    const page = await logIn('committee');
    const desk = new NumberedNotices(page);
    await expect
      .poll(
        async () => {
          await desk.openOne(number);
          return page.getByRole('main').getByText(numbered.state.ended, { exact: true }).count();
        },
        { timeout: PATIENCE_MS, interval: 3000 },
      )
      .toBe(1);
    await picture(page, 'notice-ended', { fullPage: true });
    expect(await village.command('verify')).toMatch(/./u);
  }, 180_000);

  it('leaves no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

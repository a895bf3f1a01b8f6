/** Reports by phone, by hand: a deed of one's own, and who helped; checked at the desk, approved, and seen on the phone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import approvals from '../../client/desk/approvals/locales/zh-CN.ts';
import words from '../../client/desk/reports/locales/zh-CN.ts';
import menu from '../../client/desk/reports/menu/locales/zh-CN.ts';
import shell from '../../client/desk/shell/locales/zh-CN.ts';
import villageWords from '../../client/desk/village/locales/zh-CN.ts';
import phoneWords from '../../client/me/locales/zh-CN.ts';
import onPhone from '../../client/me/parts/reports/locales/zh-CN.ts';
import { PLACE_WORDS } from '../../shared/proposals/place-words.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { Phone } from './pages/phone.ts';
import { ReportsDesk } from './pages/reports.ts';

const { reports } = words;
const { village: settings } = villageWords;
const { parts } = shell;
const { reporting } = onPhone;
const { aside, besides, ended, place } = PLACE_WORDS['zh-CN'];
/** Said of a report that was not accepted, in place of its dots. */
const NOT_ACCEPTED = [
  ended.replace('{n}', '2').replace('{place}', place.checked),
  besides.replace('{aside}', aside.not_accepted),
].join('');
const SIZES = ['desk', 'phone'] as const;
const SAID = '东头路灯不亮，昨晚报给了村委';
const SEEN = '他家的老三给我挑了三天水';
/** Three reports of the demo came before: these are the numbers of this one's own deed, and of the help. */
const OWN = 4;
const HELPED = 5;
const receipt = (number: number) => new RegExp(`回执号是第 ${number} 号`);

describe.skipIf(!hasChromium)('reports by phone', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];
  let phone: Page;

  beforeAll(async () => {
    await village.start();
    browser = await launchBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await village.stop();
  });

  async function open(size: 'desk' | 'phone'): Promise<Page> {
    const window = await openWindow(browser, size, village.origin);
    windows.push(window);
    return window.page;
  }

  async function logIn(role: string): Promise<Page> {
    const person = village.logins.staff.find((one) => one.role === role);
    const page = await open('desk');
    await new Desk(page).logIn(person?.username ?? '', person?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    return page;
  }

  const startReport = () => phone.getByRole('button', { name: phoneWords.home.open }).click();
  const send = () => phone.getByRole('button', { name: reporting.send });
  /** The sentence that stands for the dots. */
  const way = (page: Page, sentence: string) => page.getByText(sentence, { exact: true }).first().waitFor();

  it('keeps what is written while there is no network, and hands it in afterwards', async () => {
    phone = await open('phone');
    const [household] = village.logins.households;
    await new Phone(phone).openByNumber(household?.number ?? '', household?.pin ?? '');
    await startReport();
    await phone.locator('button.rule').first().waitFor();
    expect(await lookAt(phone, 'report-me-rules', { sizes: ['phone'], touch: 44 })).toEqual([]);
    await phone.getByRole('button', { name: /上报隐患/ }).click();
    await phone.getByText(/本月已加 .*\/.* 分/).waitFor();
    await send().click();
    await phone.getByText(reporting.wrong.words).waitFor();
    await phone.getByLabel(/^怎么回事/).fill(SAID);
    expect(await lookAt(phone, 'report-me-form', { sizes: ['phone'], touch: 44 })).toEqual([]);
    await phone.reload();
    await new Phone(phone).opened();
    await startReport();
    expect(await phone.getByLabel(/^怎么回事/).inputValue()).toBe(SAID);
    await phone.getByText(reporting.chosen).waitFor();
    await phone.context().setOffline(true);
    await send().click();
    await phone.getByText(reporting.kept).waitFor({ timeout: 60_000 });
    await picture(phone, 'report-me-offline', { fullPage: true });
    // Back in the network it asks by itself what became of it.
    await phone.context().setOffline(false);
    await phone.getByText(receipt(OWN)).waitFor();
    await picture(phone, 'report-me-sent', { fullPage: true });
    await way(phone, '共 4 步，现在是第 2 步：初审');
  });

  it('says who helped, by the number of the household', async () => {
    await phone.getByRole('button', { name: reporting.fresh }).click();
    await phone.getByText(reporting.kind.helped, { exact: true }).first().click();
    await phone.getByLabel(reporting.helper).fill(village.logins.households[1]?.number ?? '');
    await phone.getByRole('button', { name: /邻里互助/ }).click();
    await phone.getByLabel(/^怎么回事/).fill(SEEN);
    await picture(phone, 'report-me-helped', { fullPage: true });
    await send().click();
    await phone.getByText(receipt(HELPED)).filter({ hasText: '帮您的是' }).waitFor();
    await phone.getByText(SEEN).waitFor();
  });

  it('waits on the home page of the committee, is taken up, and its receipt is printed', async () => {
    const page = await logIn('committee');
    await page.getByRole('link', { name: new RegExp(menu.reports.home.forMe) }).waitFor();
    await picture(page, 'report-home', { fullPage: true });
    const desk = new ReportsDesk(page);
    await desk.open();
    expect(await lookAt(page, 'reports-list', { sizes: SIZES, touch: 44 })).toEqual([]);
    await desk.openOne(OWN);
    await page.getByText(SAID).first().waitFor();
    expect(await lookAt(page, 'report-check', { sizes: SIZES, touch: 44 })).toEqual([]);
    await desk.takeUp();
    await way(page, '共 4 步，现在是第 3 步：评议');
    await desk.openOne(HELPED);
    await page.getByText(reports.reporter, { exact: true }).waitFor();
    await picture(page, 'report-check-helped', { fullPage: true });
    await desk.notAccept('老三那几天在县里');
    await way(page, NOT_ACCEPTED);
    await picture(page, 'report-not-accepted', { fullPage: true });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 559, height: 794 });
    await page.locator('.sheet').getByText(`回执号：第 ${HELPED} 号`).waitFor();
    await picture(page, 'report-receipt-paper', { fullPage: true });
    expect(await page.locator('.sheet').getByText(SEEN).count()).toBe(0);
  });

  it('is approved by a third person, who sees where it came from', async () => {
    const page = await logIn('approver');
    await new ReportsDesk(page).openOne(OWN);
    await page.getByRole('link', { name: reports.toProposal }).click();
    await page.getByRole('link', { name: new RegExp(`来自手机申报第 ${OWN} 号`) }).waitFor();
    expect(await lookAt(page, 'report-proposal', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: approvals.approvals.action.approve }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: approvals.approvals.action.approve }).click();
    await way(page, '共 4 步，都办完了，已经入账');
    await picture(page, 'report-proposal-posted', { fullPage: true });
    await page.goto('/desk/approvals?view=all');
    await page.getByRole('article').first().waitFor();
    await picture(page, 'report-approvals-all', { fullPage: true });
  });

  it('is seen on the phone as far as it has come', async () => {
    await new Phone(phone).comeBack();
    await phone.getByRole('button', { name: reporting.close }).click();
    await startReport();
    await way(phone, '共 4 步，都办完了，已经入账');
    await way(phone, NOT_ACCEPTED);
    await phone.getByText(/老三那几天在县里/).waitFor();
    expect(await lookAt(phone, 'report-me-list', { sizes: ['phone'], touch: 44 })).toEqual([]);
  });

  it('is offered by no phone where the village switches it off, and shown all the same', async () => {
    const page = await logIn('admin');
    await page.goto('/desk/village');
    await page.getByLabel(settings.steps.phones, { exact: true }).uncheck();
    await page.getByLabel(settings.steps.leaders, { exact: true }).uncheck();
    await page.getByText(new RegExp(`${settings.steps.propose}.*${settings.steps.posted}`)).waitFor();
    expect(await lookAt(page, 'village-steps', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: parts.save, exact: true }).click();
    await page.getByRole('status').getByText(parts.saved, { exact: true }).waitFor();
    await phone.getByRole('button', { name: reporting.close }).click();
    await phone.reload();
    await new Phone(phone).opened();
    expect(await phone.getByRole('button', { name: phoneWords.home.open }).count()).toBe(0);
    await picture(phone, 'report-me-off', { fullPage: true });
    await phone.getByRole('button', { name: phoneWords.home.past }).click();
    await phone.getByText(reporting.off).waitFor();
    await phone.getByText(/老三那几天在县里/).waitFor();
    expect(await phone.getByRole('button', { name: reporting.fresh }).count()).toBe(0);
    expect(await lookAt(phone, 'report-me-past', { sizes: ['phone'], touch: 44 })).toEqual([]);
  });

  it('is read, and not checked, by a group leader where the committee alone checks', async () => {
    const page = await logIn('group_leader');
    expect(await page.getByRole('link', { name: new RegExp(menu.reports.home.forMe) }).count()).toBe(0);
    await new ReportsDesk(page).open();
    await page.getByText(reports.leadSeen, { exact: true }).waitFor();
    await page.locator('.sheet-list a').first().click();
    await page.getByText(reports.whyNot.committee_only, { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: reports.takeUp }).count()).toBe(0);
    await picture(page, 'report-leader-reads', { fullPage: true });
  });

  it('leaves no complaint of a page but of the network that was gone', () => {
    const complaints = windows.flatMap((one) => one.complaints);
    expect(
      complaints.filter((what) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/u.test(what)),
    ).toEqual([]);
  });
});

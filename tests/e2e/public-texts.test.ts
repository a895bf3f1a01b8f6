/** A notice that would name somebody is refused, mended and put up; an appeal goes to the township on paper. By hand. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import notices from '../../client/desk/notices/locales/zh-CN.ts';
import words from '../../client/desk/objections/locales/zh-CN.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { demoStaff } from '../support/demo-village.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { lookAt } from '../support/views.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';
import { NumberedNotices } from './pages/numbered-notices.ts';
import { ObjectionsDesk } from './pages/objections.ts';

const { unfit, board, numbered } = notices.notices;
const { objections } = words;
const { township } = objections;
const SIZES = ['desk', 'phone'] as const;
const TITLE = '帮余秋山收玉米';
const NAME = '余秋山';
/** More than stand on one picture of the board. */
const DEEDS = 9;
const RULE = {
  ...{ code: 'Z1', category: '乡风家风', pointsMode: 'fixed', points: 500, pointsMin: null, pointsMax: null },
  ...{ perUnit: null, proposer: '邻', evidence: '', limitText: '', caps: [], enabled: true },
};

describe.skipIf(!hasChromium)('texts that go public', () => {
  const village = new RoughVillage();
  let browser: Browser;
  const windows: Window[] = [];
  let notice = 0;
  const as = (role: string) => demoStaff(village, village.logins, role);

  beforeAll(async () => {
    await village.start();
    browser = await launchBrowser();
    // A rule that is made while notices hang for days counts only after them.
    const { id: ruleId } = await village.ask('POST', '/rules', { ...RULE, title: TITLE });
    await village.ask('PATCH', '/village', { settings: { noticeDays: 3 } });
    const { items } = (await village.ask('GET', '/households?limit=40')) as { items: { id: string }[] };
    const [committee, approver] = [await as('committee'), await as('approver')];
    let approved = 0;
    for (const { id } of items) {
      if (approved === DEEDS) break;
      const day = `2026-0${String(1 + (approved % 3))}-10`;
      const deed = { ruleId, householdIds: [id], effectiveOn: day };
      const { ids } = await committee('POST', '/proposals', deed);
      // The approver decides nothing about the own family.
      const [first = ''] = ids as string[];
      const { mark } = await approver('GET', `/proposals/${first}`);
      const decision = { action: 'approve', ids, marks: [mark] };
      const decided = await approver('POST', '/proposals/decisions', decision).catch(() => null);
      if (decided !== null) approved += 1;
    }
    expect(approved).toBe(DEEDS);
    await village.ask('POST', '/households', { group: '第一组', head: NAME });
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

  it('keep a notice from being made, and the page says where they stand and what to do', async () => {
    const page = await logIn('committee');
    const desk = new NumberedNotices(page);
    await desk.open();
    await page.getByRole('heading', { name: unfit.title.replace('{n}', '1') }).waitFor();
    expect(await page.getByRole('button', { name: numbered.make }).isDisabled()).toBe(true);
    expect(await page.locator('mark').allTextContents()).toEqual([NAME]);
    expect(await lookAt(page, 'unfit-waiting', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page
      .getByRole('link', { name: /第一组|第.组/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  });

  it('are cleared by a second person where they were taken for a name by mistake', async () => {
    const page = await logIn('committee');
    await new NumberedNotices(page).open();
    await page.getByRole('button', { name: unfit.notOne.name.replace('{piece}', NAME) }).click();
    await new Changes(page).handIn('说的是地名');
    const approver = await logIn('approver');
    const changes = new Changes(approver);
    await changes.open();
    await approver.getByText(TITLE).first().waitFor();
    await picture(approver, 'unfit-second-person', { fullPage: true });
    await changes.agree();
    const desk = new NumberedNotices(page);
    await desk.open();
    expect(await page.getByText(unfit.lead).count()).toBe(0);
    notice = await desk.make();
  });

  it('stand on the preview as the board then shows them', async () => {
    const page = await logIn('supervisor');
    const desk = new NumberedNotices(page);
    await desk.openOne(notice);
    const preview = page.getByRole('region', { name: board.title });
    await preview.getByText(TITLE).first().waitFor();
    expect(await lookAt(page, 'board-preview', { sizes: SIZES, touch: 44 })).toEqual([]);
    const shown = await preview.locator('.headline').textContent();
    await desk.sign('看过了');
    const keeper = new NumberedNotices(await logIn('committee'));
    await keeper.openOne(notice);
    await keeper.putUp();
    const tv = await openWindow(browser, 'desk', village.origin);
    windows.push(tv);
    await tv.page.goto('/board');
    await tv.page
      .getByText(shown?.trim() ?? '')
      .first()
      .waitFor({ timeout: 120_000 });
    await tv.page.getByText(TITLE).first().waitFor();
    await picture(tv.page, 'board-as-previewed');
  }, 180_000);

  it('are refused at the reason of an answer, and the appeal goes to the township on paper', async () => {
    const [committee, supervisor] = [await as('committee'), await as('supervisor')];
    const kind = { kind: 'complaint', words: '开会没有叫我们组', name: '一位村民' };
    const { id, number } = await committee('POST', '/objections', kind);
    const page = await logIn('approver');
    const desk = new ObjectionsDesk(page);
    await desk.openOne(Number(number));
    await page.getByLabel(objections.reason).fill('问过低保户，都说叫了');
    await page.getByRole('button', { name: objections.send }).click();
    await page.getByText(objections.reasonUnfit).waitFor();
    expect(await lookAt(page, 'unfit-reason', { sizes: SIZES, touch: 44 })).toEqual([]);
    await desk.answer('rejected', '问过三个人，都说叫了');
    await committee('POST', `/objections/${String(id)}/appeal`, { reason: '我们组没有人' });
    const judged = { verdict: 'stand', reason: '看过签到表' };
    await supervisor('POST', `/objections/${String(id)}/judgement`, judged);
    await desk.openOne(Number(number));
    expect(await lookAt(page, 'township-card', { sizes: SIZES, touch: 44 })).toEqual([]);
    const card = page.getByRole('region', { name: township.title });
    await card.getByRole('button', { name: township.printIt }).click();
    await card.getByText(/打印过/).waitFor();
    const sheet = page.locator('.sheet');
    expect(await sheet.textContent()).not.toContain('一位村民');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await sheet.getByText(township.sheetTitle).waitFor();
    // One signs it for the village, and one for the township.
    for (const signer of [township.signed, township.villageSigned])
      await sheet.getByText(signer, { exact: true }).waitFor();
    expect(await sheet.count()).toBe(1);
    await picture(page, 'township-paper', { fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await card.getByText(township.overrule, { exact: true }).click();
    await card.getByLabel(objections.reason).fill('签到表上没有这个组，重新评');
    await card.getByRole('button', { name: township.keyIn }).click();
    await page.getByText(township.toChange).waitFor();
    await picture(page, 'township-answered', { fullPage: true });
    expect(await village.command('verify')).toMatch(/./u);
  }, 120_000);

  it('leave no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints).filter((one) => !one.includes('422'))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { cameraNotes, jpeg } from '../support/jpeg.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { createScanner } from '../support/scanner.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk, POSTED } from './pages/desk.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly households: readonly { number: string; card: string; pin: string }[];
}

const HUGE = { width: 2000, height: 1500, notes: cameraNotes() };

/** A committee member with a phone, and the person who decides, with another. */
describe.skipIf(!hasChromium)('awarding in the demo village', () => {
  let program: Program;
  let browser: Browser;
  let logins: Logins;
  let lane: Window;
  let office: Window;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    browser = await launchBrowser();
    lane = await openWindow(browser, 'phone', program.origin);
    office = await openWindow(browser, 'desk', program.origin);
    await logIn(lane.page, 'committee');
    await logIn(office.page, 'approver');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(page: Page, role: string): Promise<void> {
    const person = logins.staff.find((one) => one.role === role);
    await new Desk(page).logIn(person?.username ?? '', person?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
  }

  /** The text of the newest proposal in this person's list. */
  async function mine(): Promise<string> {
    await lane.page.goto('/desk/approvals?view=mine');
    await lane.page.getByRole('article').first().waitFor();
    return lane.page.getByRole('article').first().innerText();
  }

  it('takes three taps in the commonest case, and one to take it back', async () => {
    const award = new AwardScreen(lane.page);
    await award.open();
    await award.tap(award.rules().first());
    await picture(lane.page, 'award-phone-households');
    expect(await findings(lane.page, { touch: 44 })).toEqual([]);
    await award.tap(award.households().first());
    await award.submit();
    await award.arrived();
    expect(award.taps).toBe(3);
    await picture(lane.page, 'award-phone-sent');
    expect(await findings(lane.page, { touch: 44 })).toEqual([]);
    await lane.page.getByRole('button', { name: '撤回这一笔' }).click();
    await lane.page.getByText('已撤回').waitFor();
  });

  it('finds rules by code, word and pinyin, and households by initials, card and group', async () => {
    const award = new AwardScreen(lane.page);
    await award.open();
    const found = async (typed: string) => {
      await award.findRule(typed);
      return award.rules().allInnerTexts();
    };
    const [byWord, byInitials, bySyllables] = [await found('垃圾'), await found('ljfl'), await found('laji')];
    expect(byWord.length).toBeGreaterThan(0);
    expect(byInitials.length).toBeGreaterThan(0);
    expect(bySyllables).toEqual(byWord);
    await award.findRule('E1');
    await award.rules().first().click();
    await award.findHousehold('没有这一户', 0);
    expect(await award.households().count()).toBe(0);
    const number = logins.households[2]?.number ?? '';
    await lane.page.getByLabel('找农户').fill(number);
    await award.household(number).waitFor();
    await lane.page.getByLabel('找农户').fill(logins.households[1]?.card ?? '');
    await lane.page.getByLabel('找农户').press('Enter');
    await lane.page
      .getByText(/^已加上 /)
      .first()
      .waitFor();
    await lane.page.getByLabel('找农户').blur();
    await (
      await createScanner(lane.page)
    )(logins.households[0]?.card ?? '');
    await award.bar().getByText('已选 2 户').waitFor();
  });

  it('M6: a card scanned into a filled search field adds its own household, and Enter never one from before', async () => {
    const { page } = lane;
    const award = new AwardScreen(page);
    await award.open();
    await page.getByRole('button', { name: '丢掉草稿' }).click();
    await award.findRule('A1');
    await award.rules().first().click();
    const [first, second, third] = logins.households;
    const field = page.getByLabel('找农户');
    await field.fill(first?.number ?? '');
    await page
      .getByRole('listitem')
      .getByText(first?.number ?? '', { exact: true })
      .waitFor();

    // Enter is pressed while the list still shows the previous search.
    await field.fill(second?.number ?? '');
    await field.press('Enter');
    await award
      .bar()
      .getByText(second?.number ?? '')
      .waitFor();
    expect(await award.bar().innerText()).not.toContain(first?.number);

    await field.fill(first?.number ?? '');
    await page
      .getByRole('listitem')
      .getByText(first?.number ?? '', { exact: true })
      .waitFor();
    await field.focus();
    await (
      await createScanner(page)
    )(third?.card ?? '');
    await award.bar().getByText('已选 2 户').waitFor();
    expect(await field.inputValue()).toBe(first?.number);
    await award.bar().getByRole('button', { name: '看名单' }).click();
    const names = await award.bar().getByRole('listitem').allInnerTexts();
    expect(names.map((name) => name.split(/\s/)[0])).toEqual([second?.number, third?.number]);
  });

  it('14h: a card that is still looked up holds up the confirmation, which then names its household too', async () => {
    const { page } = lane;
    const award = new AwardScreen(page);
    const card = logins.households[0]?.card ?? '';
    await award.submit();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 户', { exact: true }).waitFor();
    const held = Promise.withResolvers<null>();
    await page.route(`**/api/v1/households?*${card}*`, async (route) => {
      await held.promise;
      await route.continue();
    });
    await (
      await createScanner(page)
    )(card);
    const send = dialog.getByRole('button', { name: '提交审核' });
    await send.and(page.locator(':disabled')).waitFor();
    held.resolve(null);
    await dialog.getByText('3 户', { exact: true }).waitFor();
    await send.and(page.locator(':enabled')).waitFor();
    await page.unroute(`**/api/v1/households?*${card}*`);
    await dialog.getByRole('button', { name: '返回修改' }).click();
  });

  it('ticks a whole group at once and shows it before it is sent', async () => {
    const { page } = lane;
    const award = new AwardScreen(page);
    await award.open();
    if (await page.getByRole('button', { name: '丢掉草稿' }).isVisible())
      await page.getByRole('button', { name: '丢掉草稿' }).click();
    await award.findRule('E1');
    await award.rules().first().click();
    await page.getByLabel('村民小组').selectOption({ index: 1 });
    await page.getByRole('button', { name: /^全选这 \d+ 户$/ }).click();
    await award
      .bar()
      .getByText(/已选 \d{2,} 户/)
      .waitFor();
    await award.submit();
    await page.getByRole('dialog').getByText('请核对').waitFor();
    await picture(page, 'award-phone-confirm');
    await page.getByRole('dialog').getByRole('button', { name: '返回修改' }).click();
    await page.getByRole('button', { name: '全部清除' }).click();
  });

  it('keeps the draft with its photos through a reload and a dead network, and sends once', async () => {
    const { page, context } = lane;
    const award = new AwardScreen(page);
    await award.open();
    await page.getByRole('button', { name: '丢掉草稿，重新填' }).click();
    await award.findRule('E1');
    await award.rules().first().click();
    await award.households().nth(1).click();
    await page.getByLabel('备注').fill('雨后清沟，王婶看见的');
    await context.setOffline(true);
    await award.addPhoto('IMG_2041.jpg', jpeg(HUGE));
    await page.getByText('有 1 张没传上去').waitFor();
    await award.submit();
    await page.getByText('还有 1 张照片没传上去').waitFor();
    await page.getByText('现在没有网络').waitFor();
    await picture(page, 'award-phone-offline');
    await context.setOffline(false);
    await page.reload();
    await page.getByText('这是上次没提交完的草稿').waitFor();
    await page.getByText('已上传 1 张').waitFor();
    expect(await page.getByLabel('备注').inputValue()).toBe('雨后清沟，王婶看见的');

    // The request arrives, and its answer is lost.
    let lost = 0;
    await page.route('**/api/v1/proposals', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await award.submit();
    await page.getByText('没有收到回答，正在再问一次。不会重复提交。').waitFor();
    await award.arrived();
    await page.unroute('**/api/v1/proposals');
    expect(lost).toBe(1);
    expect(await mine()).toContain('雨后清沟');
    const twice = lane.page.getByText('雨后清沟');
    expect(await twice.count()).toBe(1);
  });

  it('is seen with its photos by who decides, goes back with a reason, and comes again put right', async () => {
    const { page } = office;
    await page.goto('/desk/approvals');
    const card = page.getByRole('article').filter({ hasText: '雨后清沟' });
    await card.getByRole('link').first().click();
    const thumbnail = page.getByRole('button', { name: '放大照片 1' });
    await thumbnail.click();
    await page.getByRole('dialog').getByRole('img', { name: '照片 1' }).waitFor();
    await picture(page, 'approvals-desk-photo');
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
    await settle(page);
    await picture(page, 'approvals-desk');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.locator('.detail').getByRole('button', { name: '退回' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '写清楚是谁' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '写清楚是谁' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: '原因' }).fill('请写是哪条沟');
    await page.getByRole('dialog').getByRole('button', { name: '退回' }).click();
    await page.getByText('已退回 1 户。').waitFor();

    const phone = lane.page;
    await phone.goto('/desk/approvals?view=returned');
    await phone.getByRole('article').filter({ hasText: '雨后清沟' }).getByRole('link').first().click();
    await phone.getByRole('link', { name: '改正后再报' }).click();
    await phone.getByText('请写是哪条沟', { exact: true }).waitFor();
    await phone.getByRole('img', { name: '照片 1' }).waitFor();
    await settle(phone);
    await picture(phone, 'correct-phone');
    expect(await findings(phone, { touch: 44 })).toEqual([]);
    await phone.getByLabel('备注').fill('雨后清村口的沟，王婶看见的');
    await phone.getByRole('button', { name: '改好了，重新提交' }).click();
    await phone.getByText('已重新提交 1 户。').waitFor();
  });

  it('is approved in a pile', async () => {
    const { page } = office;
    await page.goto('/desk/approvals');
    await page.getByText('雨后清村口的沟').waitFor();
    const before = await page.getByRole('article').count();
    await page.getByRole('button', { name: /^勾选能审的 \d+ 笔$/ }).click();
    await page.getByRole('button', { name: '同意入账' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '同意入账' }).click();
    await page.getByText(POSTED).waitFor();
    await page.waitForFunction((count) => document.querySelectorAll('article').length < count, before);
  });

  it('is approved as it was seen, or not at all', async () => {
    const award = new AwardScreen(lane.page);
    await award.open();
    await award.findRule('E1');
    await award.rules().first().click();
    await award.households().nth(3).click();
    await lane.page.getByLabel('备注').fill('清了三车垃圾');
    await award.submit();
    await award.arrived();
    const { page } = office;
    await page.goto('/desk/approvals');
    const card = page.getByRole('article').filter({ hasText: '车垃圾' });
    await card.getByRole('checkbox', { name: /^勾选整批/ }).check();

    // Meanwhile somebody returns the proposal and it is submitted again with another text.
    const elsewhere = await office.context.newPage();
    await elsewhere.goto('/desk/approvals');
    const same = elsewhere.getByRole('article').filter({ hasText: '车垃圾' });
    await same.getByRole('checkbox', { name: /^勾选整批/ }).check();
    await elsewhere.getByRole('button', { name: '退回' }).click();
    await elsewhere.getByRole('dialog').getByRole('textbox', { name: '原因' }).fill('几车？');
    await elsewhere.getByRole('dialog').getByRole('button', { name: '退回' }).click();
    await elsewhere.getByText('已退回 1 户。').waitFor();
    await elsewhere.close();
    await lane.page.goto('/desk/approvals?view=returned');
    await lane.page.getByRole('article').filter({ hasText: '车垃圾' }).getByRole('link').first().click();
    await lane.page.getByRole('link', { name: '改正后再报' }).click();
    await lane.page.getByLabel('备注').fill('清了一车垃圾');
    await lane.page.getByRole('button', { name: '改好了，重新提交' }).click();
    await lane.page.getByText('已重新提交 1 户。').waitFor();

    await page.getByRole('button', { name: '同意入账' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '同意入账' }).click();
    await dialog.getByText('内容刚刚改过').waitFor();
    expect(await dialog.getByRole('button', { name: '同意入账' }).count()).toBe(0);
    await dialog.getByRole('button', { name: '看现在的内容' }).click();
    await card.getByText('内容改过了').waitFor();
    await card.getByText('清了一车垃圾').waitFor();
    expect(await card.getByRole('checkbox', { name: /^勾选整批/ }).isChecked()).toBe(false);
    await settle(page);
    await picture(page, 'approvals-desk-changed');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await card.getByRole('checkbox', { name: /^勾选整批/ }).check();
    await page.getByRole('button', { name: '同意入账' }).click();
    await dialog.getByRole('button', { name: '同意入账' }).click();
    await page.getByText(/^已入账 1 户/).waitFor();
  });

  it('is taken back by an entry of its own, with a reason and a second person', async () => {
    const phone = lane.page;
    await phone.goto('/desk/approvals?view=mine');
    await phone.getByRole('article').filter({ hasText: '雨后清村口' }).getByRole('link').first().click();
    await phone.getByRole('link', { name: '详情' }).click();
    await phone.getByRole('link', { name: /^\d+ 号$/ }).click();
    await phone.waitForURL(/\/ledger\/\d+$/);
    const entry = phone.url();
    await phone.getByRole('button', { name: '提出冲正' }).click();
    await phone.getByRole('dialog').getByLabel(/原因/).fill('记错了户');
    await phone.getByRole('dialog').getByRole('button', { name: '提交冲正' }).click();
    await phone.getByRole('dialog').waitFor({ state: 'hidden' });
    const { page } = office;
    await page.goto('/desk/approvals');
    const reversal = page.getByRole('article').filter({ hasText: '记错了户' });
    await reversal.getByRole('checkbox', { name: /^勾选整批/ }).check();
    await page.getByRole('button', { name: '同意入账' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '同意入账' }).click();
    await page.getByText(/^已入账 1 户/).waitFor();
    await phone.goto(entry);
    await phone
      .getByText(/已由 \d+ 号冲正/)
      .first()
      .waitFor();
  });

  it('no screen complained', () => {
    expect([...lane.complaints, ...office.complaints]).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, type Window } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { jpeg } from '../support/jpeg.ts';
import { type Program, startProgram } from '../support/program.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';

const photo = { name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: jpeg() };

/** The things that stopped a clerk on a PC, each as they met it. */
describe.skipIf(!hasChromium)('a clerk at the office PC', () => {
  let program: Program;
  let browser: Browser;
  let committee: Window;
  let approver: Window;
  let admin: Window;
  let supervisor: Window;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const { staff } = readDemoLogins(program);
    browser = await launchBrowser();
    const open = async (wanted: string) => {
      const person = staff.find(({ role }) => role === wanted);
      const window = await openWindow(browser, 'desk', program.origin);
      await new Desk(window.page).logIn(person?.username ?? '', person?.password ?? '');
      await window.page.getByRole('heading', { name: /您好/ }).waitFor();
      return window;
    };
    committee = await open('committee');
    approver = await open('approver');
    admin = await open('admin');
    supervisor = await open('supervisor');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('is told before sending that a rule wants a photo, and reads every name', async () => {
    const { page } = committee;
    const award = new AwardScreen(page);
    await award.open();
    await award.findRule('D10');
    await award.rules().first().click();
    await page.getByText('这条细则要照片').waitFor();
    // Nobody of the committee lives there, so one approver may decide on all of it.
    await page.getByLabel('村民小组').selectOption('第四组');
    await page.getByRole('button', { name: '全选这 39 户' }).click();
    await page.getByRole('textbox', { name: '备注' }).fill('清理村东河道');
    await award.submit();
    const names = page.getByRole('dialog').locator('.names > span');
    expect(await names.count()).toBe(39);
    await page.getByRole('button', { name: '提交审核' }).click();
    await award.arrived();
  });

  it('takes one household back from what was sent, by name, and the sum goes down with it', async () => {
    const { page } = committee;
    const pile = new ApprovalsDesk(page);
    await pile.open('mine');
    const open = await pile.openBatch(pile.card('清理村东河道'));
    await open.getByRole('checkbox').first().uncheck();
    await page.getByText('没勾的 1 户留在这里').waitFor();
    await open.getByRole('checkbox').first().check();
    const [first] = await open.getByRole('listitem').getByRole('link', { name: '详情' }).all();
    await first?.click();
    const who = await page.locator('.detail dd a').first().innerText();
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByRole('dialog', { name: `撤回 ${who}？` }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
    await page.getByText('已撤回 1 户。').waitFor();
    await pile.open('mine');
    await pile.card('清理村东河道').getByText('38 户，每户 +3').waitFor();
    await pile.card('清理村东河道').getByText('+114', { exact: true }).waitFor();
  });

  it('is led from home to the very pile, and approves all of it that wants a look with one tap', async () => {
    const { page } = approver;
    await page.goto('/desk/');
    await page.getByText(/^清理河道.*38\s户，等您审/).click();
    const open = page.locator('.list-detail > .detail');
    await open.getByRole('heading', { name: '要细看的 38 户' }).waitFor();
    await open.getByText('已勾选 0 户').waitFor();
    // Ticked in the list it is decided there, and the page beside it does not say that nothing is ticked.
    const pile = new ApprovalsDesk(page);
    const card = pile.card('清理村东河道');
    await pile.tick(card);
    await open.getByText('整批已在左边勾选').waitFor();
    expect(await open.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByText(/^已勾选/).allInnerTexts()).toEqual(['已勾选 38 户']);
    await card.getByRole('checkbox').uncheck();
    await open.getByText('已勾选 0 户').waitFor();
    await open.getByRole('button', { name: '勾选全部 38 户' }).click();
    expect(await pile.decide('同意入账', 38, undefined, open.locator('.bar'))).toMatch(
      /^已入账 38 户，凭证号 \d+–\d+。$/,
    );
  });

  it('reverses the batch; who approves it reads which deed goes back, and the books say so after', async () => {
    const { page } = committee;
    const pile = new ApprovalsDesk(page);
    await pile.open('mine');
    const open = await pile.openBatch(pile.card('清理村东河道'));
    await open.getByRole('button', { name: '冲正 38 户' }).click();
    await page.getByRole('textbox', { name: '原因' }).fill('记错了组');
    await page.getByRole('button', { name: '提交冲正 38 户' }).click();
    await page.getByText('已提交 38 户的冲正').waitFor();

    const other = new ApprovalsDesk(approver.page);
    await other.open();
    const place = await other.openBatch(other.card('记错了组'));
    await place.getByRole('heading', { level: 1, name: /^冲正：.*清理河道/ }).waitFor();
    await other.decide('同意入账', 38, undefined, place.locator('.bar'));

    await page.goto('/desk/households?q=119');
    await page.getByRole('link', { name: /^119/ }).click();
    await page.getByText(/^冲正：.*清理河道/).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(
      expect.arrayContaining(['存折']),
    );
    await page.goto(new URL(page.url()).pathname + '/passbook');
    await page
      .locator('.preview')
      .getByText(/冲正：.*清理河道/)
      .waitFor();
  });

  it('has told the supervisor of it as one thing', async () => {
    const { page } = supervisor;
    await page.goto('/desk/');
    await page.getByText('一次更正了 38 笔：114 分').waitFor();
  });

  it('loses no one-time password by a slip of the hand', async () => {
    const { page } = admin;
    await page.goto('/desk/shop');
    await page.getByRole('button', { name: '新增志愿者' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '姓名' }).fill('刘小燕');
    await dialog.getByRole('button', { name: '新增志愿者' }).click();
    const secret = dialog.locator('.secret');
    const pin = await secret.innerText();
    expect(pin).toMatch(/^\d{6}$/);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(300);
    expect(await secret.innerText()).toBe(pin);
    expect(await dialog.getByRole('button', { name: '关闭', exact: true }).count()).toBe(0);
    await dialog.getByRole('button', { name: '已抄好，关闭' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('F4: is asked before a photo of goods that was only chosen is lost', async () => {
    const { page } = admin;
    await page.goto('/desk/goods');
    await page.getByRole('link', { name: '羊角锤' }).click();
    const place = page.locator('.list-detail > .detail');
    await place.getByRole('heading', { level: 1, name: '羊角锤' }).waitFor();
    // Nothing was changed: nobody is asked.
    await page.getByRole('link', { name: '钢丝钳' }).click();
    await place.getByRole('heading', { level: 1, name: '钢丝钳' }).waitFor();
    await place.locator('input[type=file]').setInputFiles(photo);
    await place.getByRole('img', { name: '照片 1' }).waitFor();
    await page.getByRole('link', { name: '羊角锤' }).click();
    await page.getByRole('dialog', { name: '有没保存的改动' }).waitFor();
    await page.getByRole('button', { name: '留下来' }).click();
    await place.getByRole('img', { name: '照片 1' }).waitFor();
    await page.getByRole('link', { name: '羊角锤' }).click();
    await page.getByRole('button', { name: '不保存，离开' }).click();
    await place.getByRole('heading', { level: 1, name: '羊角锤' }).waitFor();
  });

  it('F4: is asked before a correction is lost, whether words or a photo', async () => {
    const { page } = committee;
    const pile = new ApprovalsDesk(page);
    await pile.open('returned');
    await page.getByRole('article').first().getByRole('link').click();
    await page.getByRole('link', { name: '改正后再报' }).click();
    const leave = () => page.getByRole('link', { name: /^农户/ }).first().click();
    const note = page.getByRole('textbox', { name: '备注' });
    const before = await note.inputValue();
    await note.fill('11月10日晚上，村部');
    await leave();
    await page.getByRole('dialog', { name: '有没保存的改动' }).waitFor();
    await page.getByRole('button', { name: '留下来' }).click();
    expect(await note.inputValue()).toBe('11月10日晚上，村部');
    await note.fill(before);
    await page.locator('input[type=file]').setInputFiles(photo);
    await page.getByRole('img', { name: '照片 1' }).waitFor();
    await leave();
    await page.getByRole('button', { name: '不保存，离开' }).click();
    await page.waitForURL(/\/desk\/households/);
    // The note is as it was before.
    await page.goBack();
    await note.waitFor();
    expect(await note.inputValue()).toBe(before);
    await leave();
    await page.waitForURL(/\/desk\/households/);
  });

  it('finds work beside a list where nothing is open, and no pane ends above the bottom', async () => {
    const { page } = admin;
    await page.goto('/desk/households');
    await page
      .locator('.detail')
      .getByRole('button', { name: /第三组/ })
      .click();
    await page.getByText('共 39 户').waitFor();
    const over = await page.evaluate(
      () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
    );
    expect(over).toBe(0);
  });

  it('counts item after item without typing the reason again', async () => {
    const { page } = admin;
    const count = async (item: string, pieces: string) => {
      await page.goto('/desk/goods');
      await page.getByRole('link', { name: item }).click();
      await page.getByRole('button', { name: '盘点' }).click();
      await page.getByRole('textbox', { name: '实际数出来有多少' }).fill(pieces);
    };
    // More than the demo ever has of it.
    await count('镰刀', '97');
    const reason = page.getByRole('textbox', { name: '原因' });
    await reason.fill('月底盘点');
    await page.getByRole('button', { name: '按实数入账' }).click();
    await page.getByText('镰刀已按实数更正').waitFor();
    await page.getByRole('link', { name: '竹扫把' }).click();
    await page.getByRole('heading', { level: 1, name: '竹扫把' }).waitFor();
    await page.getByRole('button', { name: '盘点' }).click();
    expect(await reason.inputValue()).toBe('月底盘点');
    expect(await page.getByRole('textbox', { name: '实际数出来有多少' }).inputValue()).toBe('');
  });

  it('reads the goods beside their figures where there is nothing to change', async () => {
    const { page } = approver;
    await page.goto('/desk/goods');
    const line = page.locator('ul.columns .list-row').first();
    await line.waitFor();
    expect((await line.boundingBox())?.width).toBeLessThan(620);
    expect(await page.locator('a.list-row').count()).toBe(0);
  });

  it('no screen complained', () => {
    expect([committee, approver, admin, supervisor].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

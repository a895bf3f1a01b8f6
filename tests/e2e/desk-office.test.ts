import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { readDemoLogins, type DemoLogins } from '../support/demo-village.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Desk } from './pages/desk.ts';
import { OfficeDesk } from './pages/office.ts';

const TOUCH = 44;

/** The work of the office apart from awarding: figures, books, printing, settings. */
describe.skipIf(!hasChromium).each(['desk', 'phone'] as const)('the office on a %s', (size) => {
  let program: Program;
  let browser: Browser;
  let window: Window;
  let office: OfficeDesk;
  let logins: DemoLogins;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    browser = await launchBrowser();
    window = await windowOf('admin');
    office = new OfficeDesk(window.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function windowOf(role: string): Promise<Window> {
    const opened = await openWindow(browser, size, program.origin);
    const person = logins.staff.find((one) => one.role === role);
    await new Desk(opened.page).logIn(person?.username ?? '', person?.password ?? '');
    await opened.page.getByRole('heading', { name: /您好/ }).waitFor();
    return opened;
  }

  const judge = async (name: string, { page } = window) => {
    await settle(page);
    await picture(page, `office-${size}-${name}`);
    expect(await findings(page, { touch: TOUCH }), name).toEqual([]);
  };

  it('begins with what waits, and its first thing is one tap away', async () => {
    const approver = await windowOf('approver');
    const { page } = approver;
    const [first] = await new OfficeDesk(page).waiting();
    expect(first).toMatch(/等您审/);
    await judge('home', approver);
    await page
      .getByRole('region', { name: /^等您办/ })
      .getByRole('link')
      .first()
      .click();
    // The very batch that home told of, and not only the list it is in.
    await page.waitForURL(/\/desk\/approvals\/./);
    await page
      .getByRole('button', { name: /^同意入账/ })
      .first()
      .waitFor();
  });

  it('answers questions about the village with plots, and with the same figures in tables', async () => {
    const { page } = window;
    await office.open('dashboard', '村里数据');
    const given = page.getByRole('figure').filter({ hasText: '发出去的积分，大家换走了多少？' });
    await given.locator('canvas').waitFor({ state: 'attached' });
    await given.getByRole('button', { name: '看表格里的数字' }).click();
    const rows = await given.getByRole('row').allInnerTexts();
    expect(rows.length).toBeGreaterThan(6);
    const [all] = /发出 [\d,.]+ 分/.exec(await given.innerText()) ?? [];
    await page.getByText('最近 3 个月').click();
    await page.waitForURL(/months=3/);
    await expect.poll(() => given.innerText()).not.toContain(all);
    await page.getByRole('heading', { name: '货架上有什么，什么快没了？' }).waitFor();
    await judge('dashboard');
  });

  it('finds entries by words, number, goods and day, and keeps the filter in the address', async () => {
    const { page } = window;
    await office.open('ledger', '账本');
    await office.searchLedger('食盐');
    const salt = await office.entries();
    expect(salt.length).toBeGreaterThan(3);
    const found = size === 'phone' ? page.getByRole('row') : page.locator('.list').getByRole('link');
    for (const line of await found.allInnerTexts()) if (/\d 号/.test(line)) expect(line).toContain('食盐');
    await page.getByRole('button', { name: '筛选', exact: true }).click();
    await page.getByLabel('类型').selectOption('进货');
    await page.waitForURL(/kind=stock_in/);
    const takenIn = await office.entries();
    expect(takenIn.length).toBeLessThan(salt.length);
    await judge('ledger-found');
    await page.reload();
    await page.getByRole('searchbox').waitFor();
    expect(await office.entries()).toEqual(takenIn);
    await page.getByRole('button', { name: '清除筛选' }).click();
    await office.searchLedger('100');
    expect(await office.entries()).toContain(100);
    await office.searchLedger('没有人写过这句话');
    await page.getByText('这个范围里没有凭证').waitFor();
  });

  it('shows an entry with its lines, its seal and its neighbours', async () => {
    const { page } = window;
    await office.open('ledger/100', '100 号');
    expect(await page.locator('main').innerText()).toMatch(/农户积分[\s\S]*期初结转|期初结转[\s\S]*农户积分/);
    await page.getByText('封存信息').click();
    expect(await page.locator('main').innerText()).toMatch(/[0-9a-f]{64}/);
    const voucher = await office.paper();
    expect(voucher).toContain('凭证 100 号');
    expect(voucher).toMatch(/经办人[\s\S]*打印时间|打印时间[\s\S]*经办人/);
    await page.getByRole('link', { name: '101 号' }).click();
    await page.getByRole('heading', { level: 1, name: '101 号' }).waitFor();
  });

  it('verifies the books, may be left meanwhile, and hands them out', async () => {
    const { page } = window;
    await office.open('ledger/proof', '核对与下载');
    await page.getByRole('button', { name: '现在核对' }).click();
    await office.open('', '您好');
    await office.open('ledger/proof', '核对与下载');
    await page.locator('main').getByText('账本没有问题').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/指纹：\s*[0-9a-f]{64}/);
    const totals = page.getByRole('row', { name: /^合计/ });
    await expect.poll(() => totals.count()).toBe(2);
    for (const total of await totals.allInnerTexts()) {
      const [debit, credit] = total.match(/¥?[\d,]+(?:\.\d+)?/g)?.slice(-2) ?? [];
      expect(debit).toBe(credit);
    }
    const filed = await office.paper();
    for (const word of ['试算平衡', '账本没有问题', '货架', '（盖章）']) expect(filed).toContain(word);
    expect(filed).toMatch(/[0-9a-f]{64}/);
    for (const name of [/CSV 表格/, /hledger 账本/, /Beancount 账本/, /完整备份流水/]) {
      const file = await office.download(name);
      expect(file.suggestedFilename()).toMatch(/账本-\d{4}-\d\d-\d\d\./);
    }
  });

  it('prints good deeds with masked names, no deduction, and the seal of the book', async () => {
    const { page } = window;
    await office.open('notices', '打印公示');
    const paper = await office.paper();
    expect(paper).toContain('好人好事公示');
    expect(paper).toContain('五美家庭');
    expect(paper).toMatch(/第[一二三四五六七八]组\s+\S{1,2}\*/);
    expect(paper).toMatch(/[0-9a-f]{64}/);
    expect(paper).not.toMatch(/\u2212\d/);
    expect(paper).toMatch(/公示期：\d+年\d+月\d+日 至 \d+年\d+月\d+日/);
    await judge('notices');
    await page.getByText('兑换价目表', { exact: true }).click();
    const prices = await office.paper();
    expect(prices).toContain('爱心超市兑换价目表');
    expect(prices).toMatch(/大米5kg[\s\S]*分／/);
  });

  it('asks before unsaved settings are lost, and shows their effect before they are saved', async () => {
    const { page } = window;
    await office.open('village', '村庄设置');
    await page.getByLabel('1 积分值多少钱').fill('2');
    await page.getByText(/按这个数是 \d+%/).waitFor();
    await page.getByLabel('1 积分值多少钱').fill('1');
    // Settings that tighten a guard are saved at once.
    await page.getByLabel('一天兑换超过多少积分要输密码').fill('20');
    await page.getByLabel('没有卡也没有密码的户，一个月最多兑多少积分').fill('40');
    await page.getByText('改了 2 项，还没保存').waitFor();
    await judge('settings');
    await page.getByRole('link', { name: '首页' }).filter({ visible: true }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: '留下来' }).click();
    expect(new URL(page.url()).pathname).toBe('/desk/village');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor();
    await office.open('village', '村庄设置');
    expect(await page.getByLabel('一天兑换超过多少积分要输密码').inputValue()).toBe('20');
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  });

  it('renames a kiosk and hands a log-in over on a slip', async () => {
    const { page } = window;
    await office.open('shop', '兑换台与志愿者');
    await page.getByRole('button', { name: '改名' }).first().click();
    await page.getByRole('dialog').getByLabel('名称').fill('东门兑换台');
    await page.getByRole('dialog').getByRole('button', { name: '改名' }).click();
    await page.getByText('东门兑换台').waitFor();
    await judge('kiosks');
    await office.open('staff', '工作人员');
    await page.getByRole('button', { name: '添加工作人员' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('姓名').fill('钱会计');
    await dialog.getByLabel('用户名').fill('qiankuaiji');
    await dialog.getByRole('button', { name: '添加工作人员' }).click();
    await dialog.getByText('只显示这一次').waitFor();
    const password = /[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}/.exec(await dialog.innerText())?.[0] ?? 'none';
    const slip = await office.paper();
    for (const word of ['钱会计', 'qiankuaiji', password, `${program.origin}/desk`])
      expect(slip).toContain(word);
    await judge('hand-over');
    await dialog.getByRole('button', { name: '已抄好，关闭' }).click();
  });

  it('leads to what is wrong in a form, and shows a refusal where one looks', async () => {
    const { page } = window;
    await office.open('staff', '工作人员');
    await page.getByRole('button', { name: '添加工作人员' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('添加农户').focus();
    await dialog.getByRole('button', { name: '添加工作人员' }).click();
    await expect
      .poll(() => dialog.getByLabel('姓名').evaluate((it) => it === document.activeElement))
      .toBe(true);
    await dialog.getByRole('button', { name: '取消' }).click();
    const own = page.getByRole('listitem').filter({ hasText: '您自己' });
    await own.getByRole('button', { name: '修改' }).click();
    await dialog.getByRole('checkbox', { name: '管理员', exact: true }).uncheck();
    await dialog.getByRole('checkbox', { name: '监督员' }).check();
    await dialog.getByRole('button', { name: '保存' }).click();
    const refusal = dialog.getByRole('alert');
    await refusal.waitFor();
    await expect.poll(() => isInView(dialog, refusal)).toBe(true);
    await dialog.getByRole('button', { name: '取消' }).click();
  });

  it('never asked another host nor complained', () => {
    expect(window.complaints).toEqual([]);
  });
});

/** Whether an element lies fully between the head and the foot of its dialog. */
async function isInView(dialog: Locator, thing: Locator): Promise<boolean> {
  const foot = await dialog.locator('footer').boundingBox();
  const head = await dialog.locator('header').boundingBox();
  const box = await thing.boundingBox();
  return !!foot && !!head && !!box && box.y >= head.y + head.height && box.y + box.height <= foot.y;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';
import { decideToday } from './pages/rules.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly households: readonly { number: string }[];
}

/** A1 is given once a month. */
describe.skipIf(!hasChromium)('a rule with a cap, on the award page of the demo village', () => {
  let program: Program;
  let browser: Browser;
  let lane: Window;
  let office: Window;
  let award: AwardScreen;
  let numbers: string[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const file = readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8');
    const logins = JSON.parse(file) as Logins;
    numbers = logins.households.map(({ number }) => number);
    browser = await launchBrowser();
    const enter = async (kind: 'phone' | 'desk', role: string) => {
      const window = await openWindow(browser, kind, program.origin);
      const person = logins.staff.find((one) => one.role === role);
      await new Desk(window.page).logIn(person?.username ?? '', person?.password ?? '');
      await window.page.getByRole('heading', { name: /您好/ }).waitFor();
      return window;
    };
    lane = await enter('phone', 'committee');
    office = await enter('desk', 'admin');
    award = new AwardScreen(lane.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  /** Its place in the list, under a rule that is chosen anew. */
  async function find(rule: string, number: string): Promise<Locator> {
    const { page } = lane;
    await award.open();
    const draft = page.getByRole('button', { name: '丢掉草稿，重新填' });
    if (await draft.isVisible()) await draft.click();
    await award.findRule(rule);
    await award.rules().first().click();
    await page.getByLabel('找农户').fill(number);
    const item = page.locator('#households').getByRole('listitem');
    return item.filter({ has: page.getByText(number, { exact: true }) });
  }

  it('says of each rule what is held, and what is only a note', async () => {
    await award.open();
    await award.findRule('A1');
    expect(await award.rules().first().innerText()).toContain('每月最多 1 次');
    await award.findRule('C5');
    expect(await award.rules().first().innerText()).toContain('每件事一共最多 1 次；每年最多 60 分');
    await award.findRule('A8');
    expect(await award.rules().first().innerText()).toContain('每月前10%（仅说明）');
    await award.rules().first().click();
    await lane.page.getByText('每月前10%（仅作说明，系统不会按它限制）').waitFor();
  });

  it('says beside a household what it has had, warns before sending, and takes it out with one tap', async () => {
    const { page } = lane;
    const [number = ''] = numbers;
    await (await find('A1', number)).getByRole('checkbox').click();
    await page.getByText('这条细则每月最多 1 次，按这个日期算。').waitFor();
    await award.submit();
    // Given now, or already this month: either way it has had it.
    await page
      .getByText(/已提交，等待审核|已到细则的上限/)
      .first()
      .waitFor();
    const full = await find('A1', number);
    await full.getByText(/^本月已加 1\/1( · 1 笔待审核)? · 已到上限$/).waitFor();
    await full.getByRole('checkbox').click();
    await page.getByText('有 1 户已到这条细则的上限').waitFor();
    await settle(page);
    await picture(page, 'award-phone-cap');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: '去掉这 1 户' }).click();
    await award.bar().getByText('已选 0 户').waitFor();
  });

  it('is refused by household and rule where it is sent all the same', async () => {
    const { page } = lane;
    const [number = ''] = numbers;
    const full = await find('A1', number);
    await full.getByText(/已到上限$/).waitFor();
    await full.getByRole('checkbox').click();
    await award.submit();
    await page
      .getByText(new RegExp(`${number} 号 .+，“A1 .+”每月 1 次，本月已有 1 次.*积分没有变动。`))
      .waitFor();
    await settle(page);
    await picture(page, 'award-phone-cap-refused');
  });

  it('asks which event it is where a cap counts by that, and only there', async () => {
    const { page } = lane;
    const [number = ''] = numbers;
    await (await find('A1', number)).getByRole('checkbox').waitFor();
    expect(await page.getByLabel('哪一件事').count()).toBe(0);
    await (await find('C5', number)).getByRole('checkbox').click();
    await award.submit();
    await page.getByText('请写明是哪一件事。').waitFor();
    await settle(page);
    await picture(page, 'award-phone-event-missing');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.getByLabel('哪一件事').fill('东头残垣');
    await award.submit();
    await award.arrived();
    await page.getByText('哪一件事：东头残垣').waitFor();
    // The same event again is one too many; another one is not.
    const again = await find('C5', number);
    await again.getByText('今年已加 30/60 分 · 1 笔待审核').waitFor();
    await again.getByRole('checkbox').click();
    await page.getByLabel('哪一件事').fill('东头残垣');
    await again.getByText('东头残垣 一共已加 1/1 · 今年已加 30/60 分 · 1 笔待审核 · 已到上限').waitFor();
    await page.getByText('有 1 户已到这条细则的上限').waitFor();
    await settle(page);
    await picture(page, 'award-phone-event-full');
    await page.getByLabel('哪一件事').fill('西头残垣');
    await again.getByText('今年已加 30/60 分 · 1 笔待审核').waitFor();
    await page.getByText('有 1 户已到这条细则的上限').waitFor({ state: 'detached' });
  });

  it('is filled in from its words in the rule book, where they can be counted', async () => {
    const { page } = office;
    await page.goto('/desk/rules');
    await page.getByLabel('查找').fill('A8');
    await page.getByRole('link', { name: /^A8/ }).click();
    await page.getByText('每月前10%（仅作说明，系统不会按它限制）').first().waitFor();
    await page.getByRole('link', { name: '修改细则' }).click();
    await page.getByText('这句话仅作说明，系统不会按它限制。').waitFor();
    await page.getByRole('textbox', { name: /^上限/ }).fill('每年两次');
    await page.getByRole('button', { name: '按“每年最多 2 次”限制' }).click();
    expect(await page.getByLabel('最多几次').inputValue()).toBe('2');
    await settle(page);
    await picture(page, 'rule-desk-cap');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await decideToday(page);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存为第 2 版。').waitFor();
    await page.getByText('每年最多 2 次').first().waitFor();
  });

  it('has several caps in the rule book, each with its own errors', async () => {
    const { page } = office;
    await page.getByRole('link', { name: '修改细则' }).click();
    await page.getByRole('button', { name: '再加一条上限' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('请填写最多几次，或者最多几分。').waitFor();
    await page.getByLabel('最多几次').nth(1).fill('1');
    await page.getByLabel('按谁算').nth(1).selectOption('家里每个人分开');
    await page.getByText('按家里每个人算，申报时写明是谁，比如长子。').waitFor();
    await page.getByText('每人每月最多 1 次').waitFor();
    await settle(page);
    await picture(page, 'rule-desk-caps');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await decideToday(page);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存为第 3 版。').waitFor();
    await page.getByText('每年最多 2 次；每人每月最多 1 次').first().waitFor();
    await page.getByRole('link', { name: '修改细则' }).click();
    await page.getByRole('button', { name: '去掉：每人每月最多 1 次' }).click();
    await page.getByRole('button', { name: '再加一条上限' }).and(page.locator(':focus')).waitFor();
  });

  it('no screen complained', () => {
    expect([...lane.complaints, ...office.complaints].filter((said) => !said.includes('422'))).toEqual([]);
  });
});

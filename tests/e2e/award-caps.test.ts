import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';

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
    await award.findRule('B4');
    expect(await award.rules().first().innerText()).toContain('每场1次（仅说明）');
    await award.rules().first().click();
    await lane.page.getByText('每场1次（仅作说明，系统不会按它限制）').waitFor();
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

  it('is filled in from its words in the rule book, where they can be counted', async () => {
    const { page } = office;
    await page.goto('/desk/rules');
    await page.getByLabel('查找').fill('B4');
    await page.getByRole('link', { name: /^B4/ }).click();
    await page.getByText('每场1次（仅作说明，系统不会按它限制）').first().waitFor();
    await page.getByRole('link', { name: '修改细则' }).click();
    await page.getByText('这句话仅作说明，系统不会按它限制。').waitFor();
    await page.getByRole('textbox', { name: /^上限/ }).fill('每年两次');
    await page.getByRole('button', { name: '按“每年最多 2 次”限制' }).click();
    expect(await page.getByLabel('最多几次').inputValue()).toBe('2');
    await settle(page);
    await picture(page, 'rule-desk-cap');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存为第 2 版。').waitFor();
    await page.getByText('每年最多 2 次').first().waitFor();
  });

  it('no screen complained', () => {
    expect([...lane.complaints, ...office.complaints].filter((said) => !said.includes('422'))).toEqual([]);
  });
});

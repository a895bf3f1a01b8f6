import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import phoneWords from '../../client/me/locales/zh-CN.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, type SIZES } from '../support/browser.ts';
import { tabTo } from '../support/keyboard.ts';
import { type Program, startProgram } from '../support/program.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly kioskPairingCode: string;
  readonly volunteer: { name: string; pin: string };
  readonly households: readonly { number: string; card: string; pin: string }[];
}

/** The main work of each face by keyboard alone. The focus must always be visible, and outcomes must be announced. */
describe.skipIf(!hasChromium)('by keyboard alone', () => {
  let program: Program;
  let browser: Browser;
  let logins: Logins;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function open(size: keyof typeof SIZES, path: string) {
    const { page } = await openWindow(browser, size, program.origin);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const unseen: string[] = [];
    await page.goto(path);
    return {
      page,
      unseen,
      /** Types as slowly as a hand, so that the keys are not taken for a scan. */
      type: (text: string) => page.keyboard.type(text, { delay: 120 }),
      press: (key: string) => page.keyboard.press(key),
      to: async (name: RegExp, most?: number) => void unseen.push(...(await tabTo(page, name, most))),
    };
  }

  it('a committee member logs in and awards points', async () => {
    const clerk = logins.staff.find(({ role }) => role === 'committee');
    const { page, unseen, to, press } = await open('desk', '/desk/');
    await page.getByLabel('用户名').waitFor();
    await to(/用户名/);
    await page.keyboard.type(clerk?.username ?? '');
    await to(/^密码/);
    await page.keyboard.type(clerk?.password ?? '');
    await press('Enter');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    await to(/^跳到正文/);
    await to(/^加分扣分/);
    await press('Enter');
    await page.getByRole('button', { name: /^D1 / }).waitFor();
    await to(/^(?:.* )?D1 |^D1/);
    await press('Enter');
    await page.getByLabel('找农户').waitFor();
    await to(/找农户/);
    await page.keyboard.type('021');
    await page.getByRole('checkbox', { name: /^021 / }).waitFor();
    await to(/^021/);
    await press('Space');
    await to(/^提交/);
    await press('Enter');
    await page.getByText('已提交，等待审核').waitFor();
    await expect.poll(() => heard(page)).toMatch(/已提交/);
    expect(unseen).toEqual([]);
  });

  it('a volunteer pairs the kiosk, signs in and hands out goods', async () => {
    const [first] = logins.households;
    const { page, unseen, to, press, type } = await open('kiosk', '/kiosk/');
    await page.getByRole('button', { name: '配对' }).waitFor();
    await type(logins.kioskPairingCode.replaceAll(' ', ''));
    await press('Enter');
    await page.getByText('今天谁当班？').waitFor();
    await to(new RegExp(logins.volunteer.name));
    await press('Enter');
    await type(logins.volunteer.pin);
    await page.getByText('请刷卡').first().waitFor();
    await type(first?.number ?? '');
    await press('Enter');
    await page.locator('.panel .balance').waitFor();
    await to(/毛巾/, 120);
    await press('Enter');
    await to(/^确认兑换/, 160);
    await press('Enter');
    // A household that only named its number gives its PIN.
    await page.getByRole('dialog').waitFor();
    await type(first?.pin ?? '');
    await page.getByText('兑好了').first().waitFor();
    await expect.poll(() => heard(page)).toMatch(/兑好了/);
    await to(/^下一位/);
    await press('Enter');
    await page.getByText('请刷卡').first().waitFor();
    expect(unseen).toEqual([]);
  });

  it('a household opens its page and looks at the shop', async () => {
    const second = logins.households[1];
    const { page, unseen, to, press, type } = await open('phone', '/me/');
    await page.getByText('户号', { exact: false }).first().waitFor();
    await to(/户号/);
    await type(second?.number ?? '');
    await press('Enter');
    await page.getByText(phoneWords.open.pin).waitFor();
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await type(second?.pin ?? '');
    await page.locator('.balance').waitFor();
    await to(/^超市/);
    await press('Enter');
    await page.getByRole('heading', { name: /够换/ }).waitFor();
    expect(unseen).toEqual([]);
  });

  it('the board stops turning its pages', async () => {
    const { page, unseen, to, press } = await open('television', '/board/');
    await page.getByText(/好事$/).waitFor();
    await to(/停在这页/);
    await press('Enter');
    await page.getByRole('button', { name: '继续翻页' }).waitFor();
    expect(unseen).toEqual([]);
  });
});

/** The text of all live regions, which a screen reader announces. */
function heard(page: Page): Promise<string> {
  return page
    .locator('[role=status], [role=alert], [aria-live]')
    .evaluateAll((regions) => regions.map((region) => region.textContent).join(' '));
}

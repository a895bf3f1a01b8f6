import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import approvals from '../../../client/desk/approvals/locales/zh-CN.ts';
import { searchHouseholds } from './households.ts';

/** The message after deeds were posted. It says first that deductions among them are to be told. */
export const POSTED = new RegExp(`^(?:${approvals.approvals.told})?已入账 \\d+ [户笔]，凭证号 `);

/** The desk as its users operate it, by the words on the screen. */
export class Desk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async setUp(
    village: string,
    town: string,
    admin: { name: string; username: string; password: string },
  ): Promise<void> {
    const { page } = this;
    await page.goto('/');
    await page.getByLabel('村名').fill(village);
    await page.getByLabel('所属乡镇').fill(town);
    // These villages post what is approved at once; tests/e2e/notices-numbered.test.ts is about the others.
    await page.getByRole('checkbox', { name: /先公示/ }).uncheck();
    await page.getByLabel('姓名').fill(admin.name);
    await page.getByLabel('用户名').fill(admin.username);
    await page.getByLabel('密码', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: '建立村庄并登录' }).click();
    // The first paper of the first morning follows at once.
    await page.getByRole('heading', { name: '花名册' }).waitFor();
  }

  async logIn(username: string, password: string): Promise<void> {
    const { page } = this;
    await page.goto('/desk/');
    await this.fillIn(username, password);
  }

  /** Logs in on the page that is there. */
  async fillIn(username: string, password: string): Promise<void> {
    const { page } = this;
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录' }).click();
  }

  /** Sets a password of the own, after the log-in with a one-time password. The opening follows, if the books wait for it. */
  async choosePassword(password: string): Promise<void> {
    const { page } = this;
    await page.getByLabel('新密码', { exact: true }).fill(password);
    // The one that was typed a moment ago is not asked for again.
    expect(await page.getByLabel('现在的密码').count()).toBe(0);
    await page.getByLabel('再输一遍新密码').fill(password);
    await page.getByRole('button', { name: '保存新密码' }).click();
    await page.getByRole('heading', { name: /您好|^开账$/ }).waitFor();
  }

  /** Uploads a paper, confirms it and returns the text of the dry run. */
  async importPaper(
    kind: 'roster' | 'rules' | 'goods' | 'balances',
    file: string,
  ): Promise<{ dryRun: string; result: string }> {
    const { page } = this;
    await page.goto(`/desk/import/${kind}`);
    await page.locator('input[type=file]').setInputFiles(file);
    const confirm = page.getByRole('button', { name: /^确认/ });
    await confirm.waitFor();
    const dryRun = await page.locator('main').innerText();
    await confirm.click();
    await page.getByText('导入完成').waitFor();
    return { dryRun, result: await page.locator('main').innerText() };
  }

  /** Adds the second person of a village, for whom the form proposes an approver. */
  async addApprover(name: string, username: string, role = '审核人'): Promise<string> {
    const { page } = this;
    await page.goto('/desk/staff');
    await page.getByText('还需要第二个人').first().waitFor();
    await page.getByRole('button', { name: '添加工作人员' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('姓名').fill(name);
    await dialog.getByLabel('用户名').fill(username);
    expect(await dialog.getByRole('checkbox', { name: '审核人' }).isChecked()).toBe(true);
    await dialog.getByRole('checkbox', { name: role, exact: true }).check();
    await dialog.getByRole('button', { name: '添加工作人员' }).click();
    return this.onceShown(/[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}/);
  }

  async addKiosk(name: string): Promise<string> {
    const { page } = this;
    await page.goto('/desk/shop');
    await page.getByRole('button', { name: '新增兑换台' }).click();
    await page.getByRole('dialog').getByLabel('名称').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: '新增兑换台' }).click();
    return this.onceShown(/\d{4} \d{4}/);
  }

  async addVolunteer(name: string): Promise<string> {
    const { page } = this;
    await page.goto('/desk/shop');
    await page.getByRole('button', { name: '新增志愿者' }).click();
    await page.getByRole('dialog').getByLabel('姓名').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: '新增志愿者' }).click();
    return this.onceShown(/\d{6}/);
  }

  async takeIn(goods: string, quantity: number, totalYuan: string): Promise<void> {
    const { page } = this;
    await page.goto('/desk/goods');
    await this.openStockIn(goods);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('数量').fill(String(quantity));
    await dialog.getByLabel('总价').fill(totalYuan);
    await dialog.getByRole('button', { name: '进货' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Logging out stands behind one's own name. */
  async logOut(): Promise<void> {
    await this.page.locator('[aria-controls="account"]').click();
    await this.page.getByRole('button', { name: '退出' }).click();
    await this.page.getByLabel('用户名').waitFor();
  }

  /** From the list of goods: opens the item, then its delivery. */
  async openStockIn(goods: string): Promise<void> {
    const main = this.page.getByRole('main');
    await main.getByRole('link', { name: goods }).first().click();
    await main.getByRole('heading', { level: 1, name: goods }).waitFor();
    await main.getByRole('button', { name: '进货', exact: true }).click();
  }

  async award(ruleCode: string, households: readonly string[], note: string): Promise<void> {
    const { page } = this;
    await page.goto('/desk/award');
    await page.getByLabel('找细则').fill(ruleCode);
    await page
      .getByRole('button', { name: new RegExp(`^${ruleCode} `) })
      .first()
      .click();
    for (const household of households) {
      await page.getByLabel('找农户').fill(household);
      await page.getByRole('checkbox', { name: new RegExp(`^${household} `) }).check();
    }
    await page.getByLabel('备注').fill(note);
    await page.getByRole('button', { name: /^(核对并)?提交/ }).click();
    // An award to several households asks for a confirmation.
    if (households.length > 1)
      await page.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
    await page.getByText('已提交，等待审核').waitFor();
  }

  /** The text of the list of proposals. */
  async pile(): Promise<string> {
    await this.page.goto('/desk/approvals');
    await this.page.getByRole('article').first().waitFor();
    return this.page.locator('main').innerText();
  }

  /** A volunteer types the PIN they were given, and their own one twice, in the dialog that asks for it. */
  async typeVolunteerPin(current: string, own: string): Promise<string> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('原来的密码').fill(current);
    await dialog.getByLabel('新密码').fill(own);
    await dialog.getByLabel('再输一遍').fill(own);
    await dialog.getByRole('button', { name: '设好密码' }).click();
    await dialog.waitFor({ state: 'detached' });
    return own;
  }

  /** Confirms everything that was made, as a second person. */
  async openBooks(): Promise<void> {
    const { page } = this;
    await page.goto('/desk/');
    await page.getByRole('link', { name: '请核对建好的账册，确认开账' }).click();
    await page.getByRole('button', { name: '都对，确认开账' }).click();
    await page.getByText('已经开账').first().waitFor();
  }

  async approveAll(): Promise<void> {
    const { page } = this;
    await page.goto('/desk/approvals');
    await page
      .getByRole('checkbox', { name: /^勾选整批/ })
      .first()
      .waitFor();
    for (const batch of await page.getByRole('checkbox', { name: /^勾选整批/ }).all()) await batch.check();
    await page.getByRole('button', { name: '同意入账' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '同意入账' }).click();
    await page.getByText(POSTED).first().waitFor();
  }

  /** Gives the household a PIN and returns it with the code of its card. */
  async cardAndPin(number: string): Promise<{ card: string; pin: string }> {
    const { page } = this;
    await page.goto('/desk/households');
    await searchHouseholds(page, number);
    await page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click();
    // The code of the card stands on the sheet that is printed, and nowhere else.
    await page.getByRole('link', { name: '打印卡片' }).click();
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await page.getByRole('button', { name: '打印 1 张卡' }).click();
    const code = await page.locator('.sheet .page--front .code').first().textContent();
    const card = (code ?? '').replaceAll(/\s/g, '');
    await page.goBack();
    return { card, pin: await this.typeOwnPin('583104') };
  }

  /** Somebody of the household on the page types its PIN, twice. */
  async typeOwnPin(pin: string): Promise<string> {
    const { page } = this;
    await page.getByRole('button', { name: '农户自己输密码' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('新密码，6 位数字').fill(pin);
    await dialog.getByLabel('再输一遍').fill(pin);
    await dialog.getByRole('button', { name: '设好密码' }).click();
    await dialog.waitFor({ state: 'detached' });
    return pin;
  }

  private async onceShown(pattern: RegExp): Promise<string> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByText('只显示这一次').waitFor();
    const found = pattern.exec(await dialog.innerText())?.[0];
    if (found === undefined) throw new Error(`the dialog shows nothing like ${String(pattern)}`);
    await dialog.getByRole('button', { name: /关闭/ }).last().click();
    return found;
  }
}

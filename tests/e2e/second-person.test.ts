import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffRole } from '../../shared/roles.ts';
import { hasChromium, launchBrowser, openWindow, picture } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { pageFindings } from '../support/page-findings.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';

describe.skipIf(!hasChromium)('a change that one person may not make alone', () => {
  let program: Program;
  let browser: Browser;
  let shopkeeper: Page;
  let approver: Page;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    shopkeeper = await logIn('shopkeeper', 'desk');
    approver = await logIn('approver', 'phone');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(role: StaffRole, size: 'desk' | 'phone'): Promise<Page> {
    const { page } = await openWindow(browser, size, program.origin);
    const login = readDemoLogins(program).staff.find((one) => one.role === role);
    await new Desk(page).logIn(login?.username ?? '', login?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    return page;
  }

  async function typePrice(points: string): Promise<void> {
    await shopkeeper.goto('/desk/goods');
    await shopkeeper.getByRole('link', { name: /食盐/ }).first().click();
    await shopkeeper.getByLabel(/积分/).first().fill(points);
    await shopkeeper.getByRole('button', { name: '保存' }).click();
  }

  it('is asked about when it is saved, and handed in with a reason', async () => {
    await typePrice('1');
    const changes = new Changes(shopkeeper);
    await changes.question.waitFor();
    await picture(shopkeeper, 'second-person-asked');
    await changes.handIn('进价便宜了');
    await shopkeeper.getByText('要审核人来看').waitFor();
    expect(await pageFindings(shopkeeper, 44)).toEqual([]);
    await picture(shopkeeper, 'second-person-waiting', { fullPage: true });
  });

  it('waits on the home page of whoever may agree, and is made when they do', async () => {
    await approver.goto('/desk/');
    await approver.getByRole('link', { name: /项改动等您同意/ }).click();
    await approver.getByText('说明：进价便宜了').waitFor();
    expect(await pageFindings(approver, 44)).toEqual([]);
    await picture(approver, 'second-person-decides', { fullPage: true });
    await new Changes(approver).agree();
    await approver.getByText('已同意').first().waitFor();
    await picture(approver, 'second-person-done', { fullPage: true });
    await shopkeeper.goto('/desk/goods');
    await shopkeeper.getByRole('link', { name: /食盐/ }).first().click();
    await expect.poll(() => shopkeeper.getByLabel(/积分/).first().inputValue()).toBe('1');
  });

  it('is refused with a reason, which its proposer reads', async () => {
    await typePrice('99');
    await new Changes(shopkeeper).handIn();
    const changes = new Changes(approver);
    await changes.open();
    await changes.refuse('太贵了');
    await shopkeeper.reload();
    await shopkeeper.getByText('太贵了').waitFor();
  });

  it('can be left, and nothing was handed in', async () => {
    await typePrice('50');
    await new Changes(shopkeeper).question.getByRole('button', { name: '取消' }).click();
    await shopkeeper.getByText('要第二个人同意').waitFor();
    await approver.reload();
    await approver.getByText('没有等着的改动').waitFor();
  });

  it('lets a new card be used at once, where the household came to the office itself', async () => {
    const committee = await logIn('committee', 'desk');
    await committee.goto('/desk/households?q=012');
    await committee.getByRole('link', { name: /^012/ }).click();
    expect(await committee.getByRole('button', { name: '新卡、新密码马上能用' }).count()).toBe(0);
    await committee.getByRole('button', { name: '补发新卡' }).click();
    await committee.getByRole('dialog').getByRole('button', { name: '补发新卡' }).click();
    await committee.getByRole('button', { name: '新卡、新密码马上能用' }).waitFor();
    expect(await pageFindings(committee, 44)).toEqual([]);
    await picture(committee, 'second-person-new-card', { fullPage: true });
    await committee.getByRole('button', { name: '新卡、新密码马上能用' }).click();
    await new Changes(committee).handIn('本人到村委来领的');
    const changes = new Changes(approver);
    await changes.open();
    await approver.getByText('新卡发于').waitFor();
    await changes.agree();
  });
});

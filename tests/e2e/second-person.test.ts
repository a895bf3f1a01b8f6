import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/desk/households/locales/zh-CN.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { hasChromium, launchBrowser, openWindow, picture, SIZES } from '../support/browser.ts';
import { demoStaff, readDemoLogins } from '../support/demo-village.ts';
import { settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';

const LOOKS = { sizes: ['desk', 'phone'], touch: 44 } as const;

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
    expect(await lookAt(shopkeeper, 'second-person-asked', LOOKS)).toEqual([]);
    await shopkeeper.setViewportSize(SIZES.desk);
    await changes.handIn('进价便宜了');
    await shopkeeper.getByText('要审核人来看').waitFor();
    expect(await lookAt(shopkeeper, 'second-person-waiting', LOOKS)).toEqual([]);
    await shopkeeper.setViewportSize(SIZES.desk);
    await picture(shopkeeper, 'second-person-waiting', { fullPage: true });
  });

  it('waits on the home page of whoever may agree, and is made when they do', async () => {
    await approver.goto('/desk/');
    await approver.getByRole('link', { name: /项改动等您同意/ }).click();
    await approver.getByText('说明：进价便宜了').waitFor();
    expect(await lookAt(approver, 'second-person-decides', { ...LOOKS, sizes: ['phone'] })).toEqual([]);
    await picture(approver, 'second-person-decides', { fullPage: true });
    await approver.getByRole('button', { name: /^同意，/ }).click();
    expect(await lookAt(approver, 'second-person-agrees', { ...LOOKS, sizes: ['phone'] })).toEqual([]);
    await approver.getByRole('dialog').getByRole('button', { name: '取消' }).click();
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
    const asked = committee.getByRole('button', { name: words.households.allowNewAsk });
    const told = committee.getByText(/去兑换，要另一位志愿者也输密码/);
    // The card with which a household was added takes no other one's place.
    const ask = await demoStaff(program, readDemoLogins(program), 'committee');
    const added = (await ask('POST', '/households', { head: '新来的', group: '第一组' })) as { id: string };
    await committee.goto(`/desk/households/${added.id}`);
    await committee.getByRole('heading', { name: '积分卡' }).waitFor();
    await settle(committee);
    expect([await asked.count(), await told.count()]).toEqual([0, 0]);

    await committee.goto('/desk/households?q=012');
    await committee.getByRole('link', { name: /^012/ }).click();
    await committee.getByRole('button', { name: '补发新卡' }).click();
    await committee.getByRole('dialog').getByRole('button', { name: '补发新卡' }).click();
    await asked.waitFor();
    expect(await told.count()).toBe(1);
    expect(await lookAt(committee, 'second-person-new-card', LOOKS)).toEqual([]);
    await committee.setViewportSize(SIZES.desk);
    await committee.getByRole('region', { name: '办过的事' }).getByText('发了新卡').waitFor();
    await picture(committee, 'second-person-new-card', { fullPage: true });
    const page = committee.url();
    await asked.click();
    await new Changes(committee).handIn('本人到村委来领的');
    await committee.goto(page);
    await committee.getByText(words.households.allowNewWaits).waitFor();
    expect(await asked.count()).toBe(0);
    await picture(committee, 'second-person-new-card-asked');
    const changes = new Changes(approver);
    await changes.open();
    await approver.getByText('新卡发于').waitFor();
    await changes.agree();
    await committee.reload();
    await committee.getByRole('heading', { name: '积分卡' }).waitFor();
    await settle(committee);
    expect([await asked.count(), await told.count()]).toEqual([0, 0]);
  });
});

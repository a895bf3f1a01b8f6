import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import menu from '../../client/desk/handovers/menu/locales/zh-CN.ts';
import signing from '../../client/desk/signatures/menu/locales/zh-CN.ts';
import words from '../../client/desk/handovers/locales/zh-CN.ts';
import { ERROR_WORDS } from '../../shared/words.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { HandoversDesk } from './pages/handovers.ts';

const { handovers } = words;
const SIZES = ['desk', 'phone'] as const;

describe.skipIf(!hasChromium)('a hand-over at the desk', () => {
  let program: Program;
  let browser: Browser;
  const windows: Window[] = [];
  let committee: Window;
  let approver: Window;
  let supervisor: Window;
  let desk: HandoversDesk;
  const passwords = new Map<string, string>();

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    [committee, approver, supervisor] = [
      await logIn('committee'),
      await logIn('approver'),
      await logIn('supervisor'),
    ];
    desk = new HandoversDesk(committee.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(role: string): Promise<Window> {
    const person = readDemoLogins(program).staff.find((one) => one.role === role);
    if (!person) throw new Error(`nobody is ${role}`);
    passwords.set(role, person.password);
    const window = await openWindow(browser, 'desk', program.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person.username, person.password);
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window;
  }

  it('is found beside the signatures by those who start one, and asks for two people', async () => {
    const { page } = committee;
    await page.getByRole('link', { name: signing.signatures.menu }).first().click();
    await page.getByRole('link', { name: menu.handovers.menu }).first().click();
    await page.getByRole('button', { name: handovers.start.go }).waitFor();
    expect(await lookAt(page, 'handovers-start', { sizes: SIZES, touch: 44 })).toEqual([]);
    const chosen = page.getByLabel(handovers.start.from);
    await chosen.selectOption({ label: '王德明' });
    await page.getByLabel(handovers.start.to).selectOption({ label: '王德明' });
    await page.getByRole('button', { name: handovers.start.go }).click();
    await page.getByText(handovers.start.same).waitFor();
  });

  it('shows all that is handed over, on the screen and on paper', async () => {
    const { page } = committee;
    await desk.start('王德明', '赵秀兰');
    await desk.stands('open');
    const paper = await page.getByRole('article').first().innerText();
    for (const part of ['换届移交单', '移交人 王德明，接收人 赵秀兰', '库存', '资金来源', '李建国', '志愿者'])
      expect(paper).toContain(part);
    expect(await lookAt(page, 'handover-open', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await settle(page);
    await picture(page, 'handover-open-whole', { fullPage: true });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await picture(page, 'handover-paper', { fullPage: true });
    expect(await page.locator('.sheet').getByText(handovers.sheet.side.witness).isVisible()).toBe(true);
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('is signed by both sides with the own password, and by nobody else', async () => {
    await desk.sign('not my password');
    await committee.page.getByText(ERROR_WORDS['auth.wrong'].zh.title).first().waitFor();
    await desk.sign(passwords.get('committee') ?? '', '库房钥匙一把没交');
    await desk.signed();
    const { page } = approver;
    await page.goto('/desk/');
    await page.getByRole('link', { name: new RegExp(menu.handovers.home.sign) }).click();
    const other = new HandoversDesk(page);
    await page.getByRole('article').first().waitFor();
    expect(await page.getByText('库房钥匙一把没交').first().isVisible()).toBe(true);
    await supervisor.page.goto('/desk/');
    await supervisor.page.getByRole('link', { name: /王德明 移交给 赵秀兰/ }).click();
    await supervisor.page.getByRole('article').first().waitFor();
    expect(await supervisor.page.getByRole('button', { name: handovers.sign.go }).count()).toBe(0);
    await other.sign(passwords.get('approver') ?? '');
    await other.signed();
    await other.stands('signed');
    await picture(page, 'handover-signed');
  });

  it('is withdrawn while a signature is missing, with a reason for all to see', async () => {
    await desk.start('马建军', '赵秀兰');
    await desk.withdraw('人选错了');
    await desk.stands('withdrawn');
    await desk.open();
    await committee.page.getByText(handovers.state.signed).waitFor();
    await picture(committee.page, 'handovers-list');
    expect(await lookAt(committee.page, 'handovers-list', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('leaves no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

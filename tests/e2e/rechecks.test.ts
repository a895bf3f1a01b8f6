import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import approving from '../../client/desk/approvals/locales/zh-CN.ts';
import menu from '../../client/desk/rechecks/menu/locales/zh-CN.ts';
import words from '../../client/desk/rechecks/locales/zh-CN.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { RechecksDesk } from './pages/rechecks.ts';

const { rechecks } = words;
const SIZES = ['desk', 'phone'] as const;
/** The office PC of most villages. */
const PC = { width: 1366, height: 768 };

describe.skipIf(!hasChromium)('random re-checks at the desk', () => {
  let program: Program;
  let browser: Browser;
  const windows: Window[] = [];
  let committee: RechecksDesk;
  let approver: Window;
  let second: RechecksDesk;
  let month = '';

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    committee = new RechecksDesk((await logIn('committee')).page);
    approver = await logIn('approver');
    second = new RechecksDesk((await logIn('approver', 1)).page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(role: string, place = 0): Promise<Window> {
    const person = readDemoLogins(program).staff.filter((one) => one.role === role)[place];
    if (!person) throw new Error(`nobody is ${role}`);
    const window = await openWindow(browser, 'desk', program.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person.username, person.password);
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window;
  }

  it('list the months beside the notices, with what was found', async () => {
    const { page } = committee;
    await committee.open();
    await page.getByText(rechecks.notDrawn).first().waitFor();
    await page.getByText(rechecks.count.stood.replace('{n}', '')).first().waitFor();
    expect(await lookAt(page, 'rechecks', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('ask for the number that was called out, and show the head that is there already', async () => {
    const { page } = committee;
    await committee.openUndrawn();
    month = new URL(page.url()).pathname;
    expect(await page.getByText(rechecks.draw.whyText).isVisible()).toBe(true);
    expect(await page.getByRole('main').innerText()).toMatch(/[0-9a-f]{4}( [0-9a-f]{4}){3}/);
    expect(await lookAt(page, 'recheck-draw', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.setViewportSize(PC);
    await picture(page, 'recheck-draw-1366');
    await committee.draw('四二七');
    await page.getByText(rechecks.draw.calledWrong).waitFor();
    await committee.draw('427', { calledBy: '三组村民代表' });
    await page.getByRole('heading', { name: rechecks.first }).waitFor();
    await expect.poll(() => committee.items.count()).toBe(5);
    // The committee member proposed them all, and looks at none.
    expect(await page.getByRole('button', { name: rechecks.record }).count()).toBe(0);
    expect(await page.getByText(rechecks.whyNot.own_entry).count()).toBe(5);
  });

  it('note what was found, by somebody who had no part in it', async () => {
    const { page } = second;
    await page.goto('/desk/');
    await page.getByRole('link', { name: new RegExp(menu.rechecks.home.open) }).click();
    await page.goto(month);
    await second.firstOpen.waitFor();
    await second.note('stood', '去看了，院子干净');
    await second.begin('failed');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: rechecks.check.go, exact: true }).click();
    await dialog.getByText(rechecks.check.reasonMissing).waitFor();
    expect(await lookAt(page, 'recheck-note', { sizes: SIZES, touch: 44 })).toEqual([]);
    await dialog.getByLabel(rechecks.check.reason).fill('当天不在村里');
    await dialog.getByRole('button', { name: rechecks.check.go, exact: true }).click();
    await page.getByText(rechecks.reversal.proposed).waitFor();
    await second.note('could_not_check', '家里没人');
  });

  it('take points back once another person approves', async () => {
    const { page } = approver;
    await page.goto(month);
    await page.getByRole('link', { name: rechecks.look }).first().click();
    const approve = approving.approvals.action.approve;
    await page.getByRole('button', { name: approve }).click();
    await page.getByRole('dialog').getByRole('button', { name: approve }).click();
    await page
      .getByText(/^已入账 \d+ [户笔]/)
      .first()
      .waitFor();
    await page.goto(month);
    await page.getByText(rechecks.reversal.posted).waitFor();
    await second.page.goto(month);
    await second.page.getByText(rechecks.reversal.posted).waitFor();
    expect(await lookAt(second.page, 'recheck-found', { sizes: SIZES, touch: 44 })).toEqual([]);
    await second.page.setViewportSize(PC);
    await settle(second.page);
    await picture(second.page, 'recheck-found-1366', { fullPage: true });
  });

  it('draw once more as an addition, and print each draw on a sheet', async () => {
    const { page } = committee;
    await page.goto(month);
    await page.getByText(rechecks.draw.more).click();
    await committee.draw('88', { count: '2' });
    await page.getByRole('heading', { name: rechecks.nth.replace('{n}', '2') }).waitFor();
    await page.getByRole('heading', { name: rechecks.first }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await picture(page, 'recheck-paper', { fullPage: true });
    const sheets = page.locator('.sheet').getByRole('article');
    expect(await sheets.count()).toBe(2);
    const paper = await sheets.first().innerText();
    expect(paper).toMatch(/[0-9a-f]{64}/);
    for (const part of [
      rechecks.sheet.inside,
      rechecks.sheet.signature,
      '三组村民代表',
      rechecks.state.failed,
    ])
      expect(paper).toContain(part);
    await page.emulateMedia({ media: null });
    await page.setViewportSize(PC);
  });

  it('leave no complaint of a page', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

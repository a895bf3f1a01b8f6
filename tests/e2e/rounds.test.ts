import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/desk/rounds/locales/zh-CN.ts';
import menu from '../../client/desk/rounds/menu/locales/zh-CN.ts';
import { businessDay } from '../../shared/business-day.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { type Ask, demoAdmin, demoStaff, readDemoLogins } from '../support/demo-village.ts';
import { tabTo } from '../support/keyboard.ts';
import { settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';

const { rounds } = words;
const SIZES = ['desk', 'phone'] as const;
const PC = { width: 1366, height: 768 };
const A4 = { width: 794, height: 1123 };
const PASSWORD = 'persimmons-in-october';
const PAPER_HOUSEHOLDS = 60;
/** The marks of the paper by item: most are of two digits. */
const ON_PAPER = ['18', '17', '19', '16', '20'];

interface Judge {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

describe.skipIf(!hasChromium)('rounds at the desk', () => {
  let program: Program;
  let browser: Browser;
  const windows: Window[] = [];
  let judges: Judge[] = [];
  let ruleId = '';
  let committee: Page;
  let ofCommittee: Ask;
  let address = '';

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    const logins = readDemoLogins(program);
    const admin = await demoAdmin(program, logins);
    const approver = await demoStaff(program, logins, 'approver');
    ofCommittee = await demoStaff(program, logins, 'committee');
    judges = [];
    for (const [index, name] of ['刘大姐', '陈会计', '韩老师'].entries()) {
      const username = `pingwei${index + 1}`;
      const made = await admin('POST', '/staff', { username, displayName: name, roles: ['judge'] });
      const { id } = made.staff as { id: string };
      const first = { role: 'judge', username, password: String(made.oneTimePassword) };
      const own = await demoStaff(program, { ...logins, staff: [first] }, 'judge');
      await own('POST', '/session/password', { current: first.password, next: PASSWORD });
      await approver('POST', `/staff/${id}/confirmation`, {});
      judges.push({ id, username, name });
    }
    const rule = await admin('POST', '/rules', {
      ...{ code: 'P1', category: '五美家庭', title: '美丽庭院评比', pointsMode: 'range', points: null },
      ...{ pointsMin: 100, pointsMax: 1000, perUnit: null, proposer: '', evidence: '', limitText: '' },
      ...{ caps: [], enabled: true },
    });
    ruleId = String(rule.id);
    committee = (
      await logIn(
        logins.staff.find(({ role }) => role === 'committee'),
        'desk',
      )
    ).page;
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(
    person: { readonly username: string; readonly password: string } | undefined,
    size: 'desk' | 'phone',
  ): Promise<Window> {
    const window = await openWindow(browser, size, program.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person?.username ?? '', person?.password ?? '');
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window;
  }
  const phoneOf = (place: number) =>
    logIn({ username: judges[place]?.username ?? '', password: PASSWORD }, 'phone');
  const cell = (page: Page, row: number, column: number) => page.locator(`[data-cell="${row} ${column}"]`);

  it('are opened with a check-list, households, judges and bands', async () => {
    const page = committee;
    await page.goto('/desk/rounds');
    await page.getByRole('link', { name: rounds.open.title }).click();
    await page.getByRole('button', { name: rounds.open.go, exact: true }).click();
    await page.getByText(rounds.open.wrong.name).waitFor();
    await page.getByText(rounds.open.wrong.judges).waitFor();
    await page.getByLabel(rounds.open.name).fill('十二月美丽庭院');
    await page.getByLabel(rounds.open.rule).selectOption(ruleId);
    const where = page.getByRole('group', { name: rounds.open.households });
    for (let n = 0; n < 4; n += 1) {
      await where.getByLabel(rounds.open.search).fill('王');
      await where.getByRole('button', { name: /^\d+ / }).first().click();
      await where.getByText(rounds.open.chosen.split('，')[0]?.replace('{n}', String(n + 1)) ?? '').waitFor();
    }
    for (const [index, { id }] of judges.entries())
      await page.getByLabel(rounds.open.judge.replace('{n}', String(index + 1))).selectOption(id);
    expect(await lookAt(page, 'round-new', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: rounds.open.go, exact: true }).click();
    await page.getByRole('heading', { name: rounds.judges.title }).waitFor();
    address = new URL(page.url()).pathname;
    expect(await lookAt(page, 'round-open', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  /** Marks the household in view, with one mark for each item. */
  async function markOne(page: Page, marks: readonly string[]): Promise<void> {
    const items = page.locator('fieldset.item');
    await expect.poll(() => items.count()).toBe(marks.length);
    for (const [index, mark] of marks.entries()) {
      const item = items.nth(index);
      if (mark.includes('.')) await item.getByRole('textbox').fill(mark);
      else await item.getByRole('button', { name: mark, exact: true }).click();
    }
  }
  const next = (page: Page) => page.getByRole('button', { name: rounds.mark.next, exact: true }).click();
  const handIn = (page: Page) => page.getByRole('button', { name: rounds.mark.handIn, exact: true }).click();
  const progress = (page: Page, n: number) =>
    page
      .getByText(rounds.mark.progress.replace('{n}', String(n)).replace('{all}', '4'))
      .first()
      .waitFor();

  async function begin(place: number): Promise<Window> {
    const phone = await phoneOf(place);
    const { page } = phone;
    // The home page says that a round waits.
    await page.getByRole('link', { name: new RegExp(menu.rounds.home.toMark) }).click();
    await page.getByRole('link', { name: /十二月美丽庭院/ }).click();
    await page.getByRole('link', { name: rounds.judges.mark, exact: true }).click();
    await page.getByText(rounds.mark.jump).waitFor();
    return phone;
  }

  it('are marked on three phones, of which one loses its network between households and comes back', async () => {
    const { page: first } = await begin(0);
    for (let n = 0; n < 4; n += 1) {
      await markOne(first, ['18', '17', '19', '16', '17.5']);
      if (n === 0) expect(await lookAt(first, 'round-mark', { sizes: ['phone'], touch: 44 })).toEqual([]);
      if (n < 3) await next(first);
    }
    await progress(first, 4);
    await handIn(first);
    await first.getByText(rounds.judges.done, { exact: true }).first().waitFor();

    const { page: second, context } = await begin(1);
    await markOne(second, ['19', '18', '18', '17', '18']);
    await next(second);
    await context.setOffline(true);
    await second.getByText(rounds.mark.offline).waitFor();
    for (let n = 1; n < 4; n += 1) {
      await markOne(second, ['18', '18', '18', '16', '15']);
      if (n < 3) await next(second);
    }
    await progress(second, 4);
    await picture(second, 'round-mark-offline');
    await context.setOffline(false);
    // The page begins anew, as after an empty battery: what was marked without the network is there.
    await second.reload();
    await second.getByText(rounds.mark.jump).waitFor();
    await progress(second, 4);
    // Nothing was marked twice, and nothing has been handed in: the network went again at the last press.
    await context.setOffline(true);
    await handIn(second);
    await second.getByText(rounds.mark.offline).waitFor();
    await context.setOffline(false);
    const handedIn = second.getByText(rounds.judges.done, { exact: true }).first();
    // The page asks again by itself. A button that is busy is about to go.
    const again = second.locator('button:enabled', { hasText: rounds.mark.handIn });
    await handedIn.or(again).waitFor();
    if (!(await handedIn.isVisible())) await again.click();
    await handedIn.waitFor();

    const { page: third } = await begin(2);
    for (let n = 0; n < 4; n += 1) {
      // The last household: far from the other two.
      await markOne(third, n === 3 ? ['10', '10', '10', '10', '10'] : ['18', '18', '19', '16', '17']);
      if (n < 3) await next(third);
    }
    await handIn(third);
    await third.getByRole('heading', { name: rounds.results.title }).waitFor();
  });

  it('show results, the spread and who stands apart, and propose the awards when they are closed', async () => {
    const page = committee;
    await page.goto(address);
    await page.getByRole('heading', { name: rounds.results.title }).waitFor();
    await page.getByText(rounds.results.apartHint.replace('{n}', '1')).waitFor();
    expect(await page.locator('td.apart').count()).toBe(1);
    expect(await lookAt(page, 'round-results', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.setViewportSize(PC);
    await settle(page);
    await picture(page, 'round-results-1366', { fullPage: true });
    await page.getByRole('button', { name: rounds.close.go, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(rounds.close.after).waitFor();
    expect(await lookAt(page, 'round-close', { sizes: SIZES, touch: 44 })).toEqual([]);
    await dialog.getByRole('button', { name: rounds.close.go, exact: true }).click();
    await page.getByRole('link', { name: rounds.seeBatch }).click();
    await page
      .getByText(/评比第 3 轮/)
      .first()
      .waitFor();
    await settle(page);
    await picture(page, 'round-batch', { fullPage: true });
    await page.goto(address);
    await page.getByText(rounds.state.closed).waitFor();
    expect(await lookAt(page, 'round-closed', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('have a paper for each judge, and sixty households are keyed in with the keyboard alone', async () => {
    const { items } = (await ofCommittee('GET', '/households?limit=100')) as { items: { id: string }[] };
    const opened = await ofCommittee('POST', '/rounds', {
      ...{ name: '纸上打分的', day: businessDay(Date.now(), 'Asia/Shanghai'), ruleId },
      items: ['齐', '洁', '美', '绿', '和'].map((name) => ({ name, most: 2000 })),
      bands: [{ least: 8000, points: 500 }],
      judgeIds: judges.map(({ id }) => id),
      householdIds: items.slice(0, PAPER_HOUSEHOLDS).map(({ id }) => id),
    });
    const path = `/desk/rounds/${String(opened.id)}`;
    await committee.goto(path);
    await committee.getByRole('button', { name: rounds.print, exact: true }).waitFor();
    await committee.emulateMedia({ media: 'print' });
    await committee.setViewportSize(A4);
    await picture(committee, 'round-paper', { fullPage: true });
    const papers = committee.locator('.sheet').getByRole('article');
    expect(await papers.count()).toBe(3);
    expect(await papers.first().getByRole('row').count()).toBe(PAPER_HOUSEHOLDS + 1);
    await committee.emulateMedia({ media: null });
    await committee.setViewportSize(PC);

    const logins = readDemoLogins(program);
    const { page } = await logIn(
      logins.staff.find(({ role }) => role === 'approver'),
      'desk',
    );
    await page.goto(path);
    await page.getByRole('heading', { name: rounds.judges.title }).waitFor();
    await tabTo(page, new RegExp(rounds.judges.key));
    let keys = 0;
    const press = async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    };
    await press('Enter');
    await expect.poll(() => cell(page, 0, 0).evaluate((one) => one === document.activeElement)).toBe(true);
    const beganMs = Date.now();
    // A wrong mark keeps the keyboard and is named in its cell.
    for (const key of '25') await press(key);
    await page.getByText(rounds.key.wrong.replace('{most}', '20')).waitFor();
    expect(await lookAt(page, 'round-key', { sizes: ['desk'], touch: 0 })).toEqual([]);
    for (const key of ['Backspace', 'Backspace']) await press(key);
    for (let row = 0; row < PAPER_HOUSEHOLDS; row += 1) {
      // The third household was not marked.
      if (row === 2) await press('-');
      else
        for (const [column, mark] of ON_PAPER.entries()) {
          for (const digit of mark) await press(digit);
          // A half of the first household, typed when the keyboard has gone on.
          if (row === 0 && column === 0) await press('.');
        }
    }
    const ms = Date.now() - beganMs;
    console.log(
      `${PAPER_HOUSEHOLDS} households keyed in: ${keys} keys, ${(ms / 1000).toFixed(1)} s by a program`,
    );
    console.log(`at two keys a second: ${Math.round(keys / 2)} s`);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent.trim()))
      .toBe(rounds.mark.handIn);
    expect([await cell(page, 0, 0).inputValue(), await cell(page, 59, 4).inputValue()]).toEqual([
      '18.5',
      '20',
    ]);
    await settle(page);
    await picture(page, 'round-keyed', { fullPage: true });
    await press('Enter');
    await page.getByText(rounds.judges.keyedBy.replace('{by}', '王德明')).waitFor();
    expect(await lookAt(page, 'round-keyed-in', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('move the keyboard by arrows and Enter, and say what is missing', async () => {
    const page = windows.at(-1)?.page;
    if (!page) throw new Error('nobody keys in');
    await page.setViewportSize(PC);
    await page.getByRole('link', { name: rounds.judges.key }).last().click();
    await expect.poll(() => cell(page, 0, 0).evaluate((one) => one === document.activeElement)).toBe(true);
    const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-cell'));
    const pressed: (string | null | undefined)[] = [];
    for (const key of [
      'ArrowDown',
      'ArrowRight',
      'Enter',
      'ArrowUp',
      'ArrowLeft',
      '1',
      'Enter',
      'Backspace',
    ]) {
      await page.keyboard.press(key);
      pressed.push(await at());
    }
    expect(pressed).toEqual(['1 0', '1 1', '1 2', '0 2', '0 1', '0 1', '0 2', '0 1']);
    await page.getByRole('button', { name: rounds.mark.handIn, exact: true }).click();
    await page.getByText(rounds.mark.missing.replace('{n}', String(PAPER_HOUSEHOLDS))).waitFor();
    expect(await at()).toBe('0 0');
    // The marks are kept on this computer until they are handed in.
    await page.reload();
    await cell(page, 0, 1).waitFor();
    await expect.poll(() => cell(page, 0, 1).inputValue()).toBe('1');
  });

  it('stand in the list, and leave no complaint of a page', async () => {
    await committee.goto('/desk/rounds');
    const row = committee.getByRole('listitem').filter({ hasText: '十二月美丽庭院' });
    await row.getByText(rounds.awarded.replace('{n}', '3')).waitFor();
    expect(await lookAt(committee, 'rounds', { sizes: SIZES, touch: 44 })).toEqual([]);
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import deskWords from '../../client/desk/acts/locales/zh-CN.ts';
import later from '../../client/me/parts/book/locales/zh-CN.ts';
import meWords from '../../client/me/locales/zh-CN.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { newKey } from '../support/server.ts';
import { ActsDesk } from './pages/acts.ts';
import { Desk } from './pages/desk.ts';
import { Phone } from './pages/phone.ts';

const { acts } = deskWords;
/** More than a page of acts. */
const CHANGED = 60;
const WIDTHS = [
  { width: 390, height: 844 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

describe.skipIf(!hasChromium)('what was done', () => {
  let program: Program;
  let browser: Browser;
  let supervisor: Window;
  let phone: Window;
  let desk: ActsDesk;
  let me: Phone;
  let household: { id: string; number: string; head: string };
  let token = '';

  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${program.origin}/api/v1${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': newKey(),
        ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json() as Promise<unknown>;
  };

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    const logins = readDemoLogins(program);
    const person = (role: string) => {
      const found = logins.staff.find((one) => one.role === role);
      if (!found) throw new Error(`nobody is ${role}`);
      return found;
    };
    const { username, password } = person('admin');
    ({ accessToken: token } = (await send('POST', '/session', { username, password })) as {
      accessToken: string;
    });
    const own = logins.households[0];
    if (!own) throw new Error('the demo village has no household');
    const found = (await send('GET', `/households?q=${own.number}&limit=20`)) as {
      items: (typeof household)[];
    };
    const [first] = found.items.filter(({ number }) => number === own.number);
    if (!first) throw new Error('the household is not found');
    household = first;
    for (let n = 1; n <= CHANGED; n++)
      await send('PATCH', `/households/${household.id}`, { note: `第 ${String(n)} 次核对` });
    await send('PATCH', `/households/${household.id}`, { size: 7, phone: '13900001111', showsName: true });

    supervisor = await openWindow(browser, 'desk', program.origin);
    const watcher = person('supervisor');
    await new Desk(supervisor.page).logIn(watcher.username, watcher.password);
    await supervisor.page.getByRole('heading', { name: /您好/ }).waitFor();
    desk = new ActsDesk(supervisor.page);
    phone = await openWindow(browser, 'phone', program.origin);
    me = new Phone(phone.page);
    await me.openByCard(own.card, own.pin);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('stands in the menu, newest first: what, before and after, by whom, when, under which number', async () => {
    await supervisor.page.getByRole('link', { name: '办事记录' }).first().click();
    await desk.listed(50);
    const newest = await desk.rows().first().innerText();
    for (const part of ['改了农户资料', household.head, '人口', '7', '13900001111', '是', '工作台'])
      expect(newest).toContain(part);
    expect(newest).toMatch(/\d+ 号/);
    const second = await desk.rows().nth(1).innerText();
    expect(second).toMatch(/第 59 次核对\s*→\s*第 60 次核对/);
  });

  it('is in order on a phone, a small and a large screen', async () => {
    const found: string[] = [];
    for (const size of WIDTHS) {
      await supervisor.page.setViewportSize(size);
      await settle(supervisor.page);
      await picture(supervisor.page, `acts-desk-${String(size.width)}`);
      const wrong = await findings(supervisor.page, { touch: 44 });
      found.push(...wrong.map((what) => `${String(size.width)}: ${what}`));
    }
    expect(found).toEqual([]);
  });

  it('is read on page by page', async () => {
    await desk.more();
    await expect.poll(() => desk.rows().count()).toBeGreaterThan(50);
    const numbers = await desk.rows().locator('td:last-child').allInnerTexts();
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('is found by group, person and words; the address keeps what was asked', async () => {
    await desk.filter('groupLabel', acts.group.cards);
    await expect
      .poll(async () => (await desk.rows().allInnerTexts()).join(' '))
      .not.toContain('改了农户资料');
    await desk.filter('groupLabel', acts.group.households);
    await desk.search('第 60 次');
    await desk.listed(1);
    await supervisor.page.reload();
    await desk.listed(1);
    expect(new URL(supervisor.page.url()).searchParams.get('group')).toBe('households');
    await desk.search('没有这样的字');
    await supervisor.page.getByText(acts.noneFound).waitFor();
    await picture(supervisor.page, 'acts-desk-none');
    await desk.clear();
    await desk.listed(50);
  });

  it('leaves as a table of what was asked for', async () => {
    await desk.search('次核对');
    await expect.poll(() => desk.rows().count()).toBe(50);
    const { name, lines } = await desk.download();
    expect(name).toMatch(/办事记录.*\.csv$/);
    // The titles, the changes, and that somebody took the table out with these words.
    expect(lines).toHaveLength(1 + CHANGED + 1);
  });

  it('stands on the page of the household, ten at first', async () => {
    const { page } = supervisor;
    await page.goto(`/desk/households/${household.id}`);
    const section = page.getByRole('region', { name: acts.ofHousehold });
    await expect.poll(() => section.locator('> ul > li').count()).toBe(10);
    await section.scrollIntoViewIfNeeded();
    await picture(page, 'acts-household-1920');
    await section.getByRole('button', { name: '显示更多' }).click();
    await expect.poll(() => section.locator('> ul > li').count()).toBe(20);
    await page.setViewportSize({ width: 390, height: 844 });
    await section.scrollIntoViewIfNeeded();
    await picture(page, 'acts-household-390');
  });

  it('is read by the household beside its passbook, and leads back there', async () => {
    await phone.page.setViewportSize({ width: 360, height: 640 });
    await me.show('passbook');
    await phone.page.locator('.book').scrollIntoViewIfNeeded();
    await picture(phone.page, 'acts-me-foot');
    await me.acts();
    const newest = await phone.page.locator('.acts li').first().innerText();
    for (const part of ['改了农户资料', '经办', '人口：', '→ 7', '同意公开姓名'])
      expect(newest).toContain(part);
    await picture(phone.page, 'acts-me-360');
    expect(await findings(phone.page, { touch: 60 })).toEqual([]);
    await phone.page.goBack();
    await phone.page.locator('.month').first().waitFor();
  });

  it('tells whoever looks that the book went back, until it was asked about', async () => {
    const { page } = phone;
    await page.evaluate(() => {
      const books = JSON.parse(localStorage.getItem('jishan.me.books') ?? '{}') as Record<
        string,
        { last: { number: number } }
      >;
      for (const book of Object.values(books)) book.last.number += 3;
      localStorage.setItem('jishan.me.books', JSON.stringify(books));
    });
    await page.reload();
    await page.getByText(later.book.changed).waitFor();
    await picture(page, 'acts-me-changed');
    await page.evaluate(() => localStorage.setItem('jishan.me.textSize', 'huge'));
    await page.reload();
    await page.getByText(later.book.changed).waitFor();
    await settle(page);
    await picture(page, 'acts-me-changed-huge');
    expect(await findings(page, { touch: 60 })).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: later.book.asked }).click();
    await page.reload();
    await me.opened();
    expect(await page.getByText(later.book.changed).count()).toBe(0);
    expect(await page.getByRole('button', { name: meWords.home.all }).count()).toBe(1);
  });

  it('leaves no complaint of a page', () => {
    expect([...supervisor.complaints, ...phone.complaints]).toEqual([]);
  });
});

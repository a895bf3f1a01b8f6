import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/desk/signatures/locales/zh-CN.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { ask, foundVillage, type WorkingVillage } from '../faults/working-village.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { PASSWORD } from '../support/server.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { SignaturesDesk } from './pages/signatures.ts';

const { signatures } = words;
const SIZES = ['desk', 'phone'] as const;

describe.skipIf(!hasChromium)('the supervisor’s signatures at the desk', () => {
  let program: Program;
  let browser: Browser;
  let window: Window;
  let desk: SignaturesDesk;
  let village: WorkingVillage;
  const today = () => businessDay(Date.now(), 'Asia/Shanghai');

  beforeAll(async () => {
    program = await startProgram('sqlite');
    browser = await launchBrowser();
    village = await foundVillage(program.origin);
    await openedWithSupervisor();
    window = await openWindow(browser, 'desk', program.origin);
    desk = new SignaturesDesk(window.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  /** Adds a supervisor, and lets the approver open the books. */
  async function openedWithSupervisor(): Promise<void> {
    const { origin } = program;
    const [as, approver] = [village.keyring.of('maker'), village.keyring.of('approver')];
    const { oneTimePassword: current } = await ask<'staff.create'>(origin, 'staff.create', {
      as,
      body: { username: 'watcher', displayName: '孙玉珍', roles: ['supervisor'], householdIds: [] },
    });
    const { accessToken } = await ask<'session.login'>(origin, 'session.login', {
      body: { username: 'watcher', password: current },
    });
    await ask<'session.changePassword'>(origin, 'session.changePassword', {
      as: { id: '', headers: { Authorization: `Bearer ${accessToken}` } },
      body: { current, next: PASSWORD },
    });
    const { head } = await ask<'village.opening'>(origin, 'village.opening', { as: approver });
    await ask<'village.open'>(origin, 'village.open', { as: approver, body: { head } });
  }

  it('begin on the home page: the opening waits, and shows what was made', async () => {
    const { page } = window;
    await new Desk(page).logIn('watcher', PASSWORD);
    await page.getByRole('link', { name: signatures.home.opening }).click();
    const opening = await desk.opening().innerText();
    for (const part of ['12', '李强', '王芳', '孙玉珍']) expect(opening).toContain(part);
    expect(await lookAt(page, 'signatures-opening', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await picture(page, 'signatures-opening-whole', { fullPage: true });
  });

  it('sign the opening with a remark, once', async () => {
    await desk.signOpening('和纸账对得上');
    const past = await desk.past().innerText();
    for (const part of ['孙玉珍', signatures.kind.opening, '和纸账对得上']) expect(past).toContain(part);
    await window.page.reload();
    await desk.past().getByText('和纸账对得上').waitFor();
    expect(await desk.opening().count()).toBe(0);
  });

  it('sign the week’s list with a remark; the next list begins behind it', async () => {
    await desk.week().getByText('李强').first().waitFor();
    await desk.signWeek('账号都问过了');
    expect(await desk.past().getByRole('listitem').count()).toBe(2);
    // The signature is an act of the book, so that there is a next list, and nothing in it to look at.
    expect(await desk.week().innerText()).toContain('没有要特别看的');
    expect(await desk.week().getByRole('button', { name: signatures.sign }).count()).toBe(0);
  });

  it('look at other days too, whether they were signed or not', async () => {
    const all = await desk.look(today(), today());
    expect(Number(/\d+/.exec(all)?.[0])).toBeGreaterThan(3);
    expect(await desk.days().getByRole('link').count()).toBeGreaterThan(3);
    expect(await lookAt(window.page, 'signatures-days', { sizes: SIZES, touch: 44 })).toEqual([]);
    await window.page.setViewportSize({ width: 1280, height: 800 });
    const before = await desk.look(addDays(today(), -9), addDays(today(), -8));
    expect(before).toBe(signatures.days.found.replace('{n}', '0'));
    await desk.days().getByLabel(signatures.days.to).fill(addDays(today(), -30));
    await desk.days().getByText(signatures.days.wrong).waitFor();
  });

  it('leave no complaint of a page', () => {
    expect(window.complaints).toEqual([]);
  });
});

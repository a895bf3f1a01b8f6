import { read, utils } from '@e965/xlsx';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/axe.ts';
import {
  hasChromium,
  launchBrowser,
  openWindow,
  picture,
  type SIZES,
  type Window,
} from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Desk } from './pages/desk.ts';
import { HouseholdsDesk } from './pages/households.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly households: readonly { number: string; card: string; pin: string }[];
}

/** A committee member on a phone in the lane proposes; an approver at the office's PC decides. */
describe.skipIf(!hasChromium)('households at the office', () => {
  let program: Program;
  let browser: Browser;
  let logins: Logins;
  let lane: HouseholdsDesk;
  let office: HouseholdsDesk;
  const windows: Window[] = [];

  async function logIn(role: string, size: keyof typeof SIZES): Promise<HouseholdsDesk> {
    const window = await openWindow(browser, size, program.origin);
    windows.push(window);
    const who = logins.staff.find((one) => one.role === role);
    await new Desk(window.page).logIn(who?.username ?? '', who?.password ?? '');
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return new HouseholdsDesk(window.page);
  }

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    browser = await launchBrowser();
    lane = await logIn('committee', 'phone');
    office = await logIn('approver', 'desk');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  /** The household that is merged into 001. */
  let leaving = '';
  /** The household from which another one splits off. */
  let splitting = '';

  it('a merge says beforehand what it does, waits, and moves the points when approved', async () => {
    leaving = await lane.findWithoutOpenProposals();
    await lane.open(leaving);
    const before = balanceOn(await lane.text());
    const effects = await lane.proposeMerge('001', '老人并入儿子家');
    expect(effects).toMatch(new RegExp(`积分 ${before} 分转到 001`));
    expect(effects).toContain('停用');
    await lane.open(leaving);
    expect(await lane.text()).toContain('并户正在等审核');
    await picture(lane.page, 'desk-phone-household-waiting');
    expect(await findings(lane.page)).toEqual([]);
    await lane.page.getByRole('link', { name: '分户、并户、迁出' }).click();
    await lane.page.getByText('这户还有 1 件事没办完').waitFor();

    const said = await office.approve('并户');
    expect(said).toMatch(new RegExp(`积分 ${before} 分转到 001`));
    await office.open(leaving);
    const closed = await office.text();
    expect(closed).toMatch(/已停用[^]*积分转到了\s*001/);
    expect(closed).toContain(`并户：${leaving}`);
    expect(balanceOn(closed)).toBe('0');
    await picture(office.page, 'desk-household-closed');
    expect(await findings(office.page)).toEqual([]);
  });

  it('a closed household is opened again, empty and with a new card', async () => {
    await lane.open(leaving);
    await lane.reopen();
    expect(balanceOn(await lane.text())).toBe('0');
    await lane.page.getByText(/^尾号 \d{4}$/).waitFor();
  });

  it('a split makes a household that has its card and its points', async () => {
    splitting = await lane.findWithoutOpenProposals((text) => Number(balanceOn(text)) >= 4);
    await lane.open(splitting);
    await lane.proposeSplit('欧阳小宝', '3.5', '儿子成家');
    await office.approve('分户');
    await office.open('313');
    const text = await office.text();
    expect(text).toContain('欧阳小宝');
    expect(balanceOn(text)).toBe('3.5');
    expect(text).toMatch(new RegExp(`分户：从 ${splitting} \\S+ 分出 313 欧阳小宝`));
  });

  it('the passbook can be searched, and is printed on A5', async () => {
    await lane.open(splitting);
    expect(await lane.searchPassbook('分户')).toContain('找到 1 笔');
    await lane.page.getByRole('link', { name: '打印存折' }).click();
    await lane.page.getByText(/^将打印 \d+ 笔/).waitFor();
    expect(await findings(lane.page)).toEqual([]);
    await picture(lane.page, 'desk-phone-passbook');
    const pdf = await lane.page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1')).toMatch(/MediaBox\s*\[\s*0 0 (?:419|420)/);
  });

  it('the list is filtered by state, card and balance, and leaves as it is filtered', async () => {
    const admin = await logIn('admin', 'desk');
    const all = await admin.count('');
    expect(all).toBe(313);
    expect(await admin.count('state=closed')).toBe(0);
    const zero = await admin.count('min=0&max=0');
    expect(zero).toBeGreaterThan(0);
    expect(zero).toBeLessThan(all);
    await picture(admin.page, 'desk-households-filtered');
    expect(await findings(admin.page)).toEqual([]);
    const { name, path } = await admin.export('Excel');
    expect(name).toMatch(/农户-.*\.xlsx$/);
    const book = read(readFileSync(path));
    const rows = utils.sheet_to_json<Record<string, unknown>>(book.Sheets[book.SheetNames[0] ?? ''] ?? {});
    expect(rows).toHaveLength(zero);
    expect(new Set(rows.map((row) => row.积分余额))).toEqual(new Set([0]));
  });

  it('a household that agreed is named', async () => {
    await lane.open('001');
    await lane.page.getByRole('link', { name: '修改资料' }).click();
    await lane.page.getByRole('checkbox', { name: '同意公开姓名' }).check();
    await lane.page.getByRole('button', { name: '保存' }).click();
    await lane.page.getByText('同意写全名').waitFor();
  });

  it('a phone that looks in is shown, and can be sent away', async () => {
    const owner = logins.households[1] ?? { number: '', card: '', pin: '' };
    const phone = await openWindow(browser, 'phone', program.origin);
    const answer = await phone.page.request.post(`${program.origin}/api/v1/me/session`, {
      data: { card: owner.card, pin: owner.pin },
    });
    expect(answer.status()).toBe(200);
    const clerk = await logIn('committee', 'phone');
    await clerk.open(owner.number);
    const section = clerk.page.locator('section', { hasText: '能看这本存折的手机' }).last();
    await section
      .getByRole('button', { name: /^结束登录/ })
      .last()
      .click();
    await clerk.page.getByRole('dialog').getByRole('button', { name: '结束登录' }).click();
    await clerk.page.getByText('已结束那部手机的登录').first().waitFor();
  });

  it('no screen complains or asks another host', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});

/** The large figure under 积分余额. */
function balanceOn(text: string): string {
  return /积分余额\s+([\d,.\u2212]+)/.exec(text)?.[1] ?? '';
}

async function findings(page: Page): Promise<string[]> {
  const found = await seriousFindings(page);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return sideways > 0 ? [...found, `scrolls ${String(sideways)} px sideways`] : found;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlitePath } from '../../db/index.ts';
import { hasChromium, launchBrowser, openWindow, type Window } from '../support/browser.ts';
import { readDemoLogins, type DemoLogins } from '../support/demo-village.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Backups } from './pages/backups.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';
import { OfficeDesk } from './pages/office.ts';

interface Head {
  headNumber: number;
  headHash: string;
}

const BOTH = { touch: 44, sizes: ['desk', 'phone'] } as const;

/** A village that goes back to a backup, as its administrator does it at the desk. */
describe.skipIf(!hasChromium)('going back to a backup', () => {
  let program: Program;
  let browser: Browser;
  let office: Window;
  let second: Window;
  let backups: Backups;
  let logins: DemoLogins;
  let folder: string;
  let taken: string;
  let head: Head;
  let moved: number | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-memory-stick-'));
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    browser = await launchBrowser();
    office = await openWindow(browser, 'desk', program.origin);
    second = await openWindow(browser, 'phone', program.origin);
    backups = new Backups(office.page);
    await logIn(office, 'admin');
    await logIn(second, 'approver');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    rmSync(folder, { recursive: true });
  });

  const loginOf = (role: string) => {
    const found = logins.staff.find((one) => one.role === role);
    return { username: found?.username ?? '', password: found?.password ?? '' };
  };
  async function logIn({ page }: Window, role: string): Promise<void> {
    const { username, password } = loginOf(role);
    await new Desk(page).logIn(username, password);
    await page.getByRole('heading', { name: /您好/ }).waitFor();
  }
  /** Another person agrees to what the administrator asks for. */
  async function agree(): Promise<void> {
    const changes = new Changes(second.page);
    await changes.open();
    await changes.agree();
  }
  /** The head of the book, everything recomputed. */
  async function verified(): Promise<Head> {
    const { code, out } = await program.command('verify', '--json');
    expect(code).toBe(0);
    const { headNumber, headHash } = JSON.parse(out) as Head;
    return { headNumber, headHash };
  }
  /** The book ends with this head and one entry more, which tells of the restore. */
  async function expectWentBackTo({ headNumber, headHash }: Head): Promise<void> {
    expect((await verified()).headNumber).toBe(headNumber + 1);
    const { code, out } = await program.command('verify', '--head', `${String(headNumber)}:${headHash}`);
    expect(code, out).toBe(0);
  }
  /** The last entry that moved something. */
  async function latestEntry(): Promise<number | undefined> {
    const ledger = new OfficeDesk(office.page);
    await ledger.open('ledger', '账本');
    return (await ledger.entries())[0];
  }

  /** The last entry that is no act, as the database has it. */
  function lastThatMoved(): unknown {
    const file = new Database(sqlitePath(program.dataDir), { readonly: true });
    try {
      return file.prepare("select max(number) from journal where kind <> 'act'").pluck().get();
    } finally {
      file.close();
    }
  }

  it('brings the book back as it was, and everybody to the door', async () => {
    await backups.open();
    await backups.make();
    const [first = ''] = await backups.listed();
    expect(first).toMatch(/手动 · 约 \d+ MB · 已核对/);
    head = await verified();
    expect(first).toContain(head.headHash.slice(0, 16));
    taken = await backups.takeAway('手动', loginOf('admin').password, folder);
    // Taking a backup away is an act, of which the backup cannot tell.
    expect((await verified()).headNumber).toBe(head.headNumber + 1);
    moved = await latestEntry();

    await new Desk(second.page).approveAll();
    const later = await verified();
    expect(later.headNumber).toBeGreaterThan(head.headNumber + 1);
    // Acts may follow: a deduction is approved by one, and waits for its household.
    const latest = await latestEntry();
    expect(latest).toBe(lastThatMoved());
    expect(latest).toBeGreaterThan(moved ?? 0);

    await backups.open();
    await backups.askToRestore('手动');
    await backups.fillIn(loginOf('admin').password);
    expect(await lookAt(office.page, 'restore-ask', BOTH)).toEqual([]);
    await backups.askSecond();
    await agree();
    await backups.open();
    await backups.askToRestore('手动');
    await backups.fillIn(loginOf('admin').password);
    await backups.restore();

    await expectWentBackTo(head);
    await second.page.goto('/desk/approvals');
    await second.page.getByLabel('用户名').waitFor();
    await logIn(office, 'admin');
    expect(await latestEntry()).toBe(moved);
    await backups.open();
    const listed = await backups.listed();
    expect(listed.filter((one) => one.includes('恢复之前'))).toHaveLength(1);
    // The backup of the book as it was tells of what was asked, of the answer, of the permit, and of itself.
    const kept = `第 ${String(later.headNumber + 4)} 号凭证`;
    expect(listed.find((one) => one.includes('恢复之前'))).toContain(kept);
  });

  it('refuses a file that is none, in words, and stays where it was', async () => {
    const photograph = join(folder, 'wedding.backup');
    writeFileSync(photograph, Buffer.from('\xff\xd8\xff\xe0 no backup', 'latin1'));
    await backups.open();
    await backups.askForFile();
    expect(await lookAt(office.page, 'restore-file', BOTH)).toEqual([]);
    await backups.choose(photograph);
    await office.page.getByText('这不是本程序的备份文件').waitFor();
    expect(await lookAt(office.page, 'restore-file-refused', BOTH)).toEqual([]);
    await backups.open();
    expect((await backups.listed()).filter((one) => one.includes('从文件传来'))).toEqual([]);
  });

  it('goes back to a file from a memory stick', async () => {
    const before = await verified();
    await logIn(second, 'approver');
    await new Desk(second.page).approveAll();
    expect((await verified()).headNumber).toBeGreaterThan(before.headNumber);

    await backups.open();
    await backups.askForFile();
    const held = Promise.withResolvers<null>();
    await office.page.route(/\/pieces\?/, (route) => held.promise.then(() => route.continue()));
    await backups.choose(taken);
    await office.page.getByText('正在传到装程序的电脑').waitFor();
    expect(await lookAt(office.page, 'restore-sending', { ...BOTH, isAsking: true })).toEqual([]);
    held.resolve(null);
    // The next question follows by itself, about the file that was brought.
    await backups.fillIn(loginOf('admin').password);
    await office.page
      .getByRole('dialog')
      .getByText(/-upload\.backup/)
      .waitFor();
    await backups.askSecond();
    await agree();
    await backups.open();
    await backups.askToRestore('从文件传来');
    await backups.fillIn(loginOf('admin').password);
    await backups.restore();

    await expectWentBackTo(head);
    await logIn(office, 'admin');
    expect(await latestEntry()).toBe(moved);
    await backups.open();
    expect((await backups.listed()).filter((one) => one.includes('从文件传来'))).toHaveLength(1);
    expect(await lookAt(office.page, 'restore-list', BOTH)).toEqual([]);
    expect([...office.complaints, ...second.complaints]).toEqual([]);
  });
});

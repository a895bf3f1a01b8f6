import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROWS_A_SHEET } from '../../client/desk/cards/run-sheets.ts';
import {
  ARTEFACTS,
  hasChromium,
  launchBrowser,
  openWindow,
  picture,
  type Window,
} from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { runProgram } from '../support/programs.ts';
import { isMissing } from '../support/tools.ts';
import { Desk } from './pages/desk.ts';
import { PrintRun } from './pages/print-run.ts';

const secretary = { name: '王书记', username: 'wangshuji', password: 'qinghe-wheat-2026' };
const HOUSEHOLDS = 1087;
const GROUPS = 9;

describe.skipIf(!hasChromium || isMissing('pdfinfo'))('the print run of a large village', () => {
  let program: Program;
  let browser: Browser;
  let office: Window;
  let folder: string;
  let run: PrintRun;
  /** Households whose PINs were made and printed by the run that stopped. */
  let made = 0;

  const openOffice = async () => {
    office = await openWindow(browser, 'desk', program.origin);
    await office.page.addInitScript(() => {
      const counted = window as { printed?: number };
      window.print = () => (counted.printed = (counted.printed ?? 0) + 1);
    });
    run = new PrintRun(office.page);
    return new Desk(office.page);
  };

  beforeAll(async () => {
    program = await startProgram('sqlite');
    folder = mkdtempSync(join(tmpdir(), 'jishan-run-'));
    browser = await launchBrowser();
    const roster = join(folder, 'roster.csv');
    const lines = Array.from({ length: HOUSEHOLDS }, (_, n) => {
      const number = String(n + 1).padStart(4, '0');
      return `${number},第${'一二三四五六七八九'[n % GROUPS] ?? ''}组,王${'明芳强丽军'[n % 5] ?? ''}${'文英华'[n % 3] ?? ''},${(n % 6) + 1}`;
    });
    writeFileSync(roster, ['户号,村民小组,户主,人口', ...lines].join('\n'));
    const desk = await openOffice();
    await desk.setUp('大王村', '孟州市谷旦镇', secretary);
    await desk.importPaper('roster', roster);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('that stops half-way keeps what was made, and goes on from there', async () => {
    await run.open();
    expect(await run.text()).toContain('先做密码');
    await run.start(HOUSEHOLDS);
    // The browser is closed while PINs are made.
    await office.page.getByText(/正在做密码：[1-9]/).waitFor();
    await office.context.close();
    const desk = await openOffice();
    await desk.logIn(secretary.username, secretary.password);
    await office.page.getByRole('heading', { name: /您好/ }).waitFor();
    await run.open();
    made = Number(/您做的 (\d+) 户密码还没打印/.exec(await run.text())?.[1]);
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(HOUSEHOLDS);
    await run.choose('还能打印密码的');
    await run.start(made);
    await run.ready();
    expect((await run.rows()).map(({ pin }) => pin.length)).toEqual(Array.from({ length: made }, () => 6));
  });

  it('prints every household once, with progress, on the sheets it said', async () => {
    await run.open();
    const said = Number(/用 (\d+) 张 A4 纸/.exec(await run.text())?.[1]);
    const steps = await watchProgress(office.page);
    const beganMs = Date.now();
    await run.start(HOUSEHOLDS);
    await run.ready();
    const tookS = ((Date.now() - beganMs) / 1000).toFixed(1);
    const rows = await run.rows();
    const sheets = await run.sheets();
    expect(new Set(rows.map(({ number }) => number)).size).toBe(HOUSEHOLDS);
    // A PIN is taken out once: those that were printed before are not printed again.
    expect(rows.filter(({ pin }) => pin.length !== 6)).toHaveLength(made);
    expect(sheets).toHaveLength(said);
    // Each group begins a sheet: only its last one has room left.
    expect(sheets.filter((count) => count < ROWS_A_SHEET).length).toBeLessThanOrEqual(GROUPS);
    const { seen, longestMs } = await steps();
    mkdirSync(ARTEFACTS, { recursive: true });
    const figures = `ready after ${tookS} s on ${sheets.length} sheets; the page was busy for at most ${longestMs} ms at a time\n`;
    writeFileSync(join(ARTEFACTS, 'print-run.txt'), figures);
    expect(seen.filter((text) => text.startsWith('正在做密码')).length).toBeGreaterThan(10);
    expect(seen.filter((text) => text.startsWith('正在排版')).length).toBeGreaterThan(10);
    expect(await office.page.evaluate(() => (window as { printed?: number }).printed)).toBe(1);

    const file = join(folder, 'run.pdf');
    writeFileSync(file, await office.page.pdf({ preferCSSPageSize: true }));
    // Opened on the server itself: no address that phones could use, and no goods for a price list.
    expect(runProgram('pdfinfo', [file]).output).toMatch(new RegExp(`Pages:\\s+${said}\\n`));
    await picture(office.page, 'print-run-ready');
    await run.mark();
  });

  it('prints no PIN a second time once the page was left, and replaces them only when told to', async () => {
    await run.open();
    expect(await run.text()).not.toContain('还没打印');
    await run.start(HOUSEHOLDS);
    await run.ready();
    const again = await run.rows();
    expect(again.filter(({ pin }) => pin !== '')).toEqual([]);
    expect(office.complaints).toEqual([]);
    // Somebody else has cards to print, and no PIN of theirs.
    const desk = new Desk(office.page);
    const password = await desk.addApprover('李管理', 'liguanli', '管理员');
    const other = await openWindow(browser, 'desk', program.origin);
    await other.page.addInitScript(() => (window.print = () => undefined));
    const their = new Desk(other.page);
    await their.logIn('liguanli', password);
    await their.choosePassword('plum-river-2026');
    const theirs = new PrintRun(other.page);
    await theirs.open();
    expect(await theirs.text()).not.toContain('还没打印');
    await other.page.getByLabel('村民小组').selectOption({ index: 1 });
    const inGroup = Number(/(\d+) 户的卡和密码条/.exec(await theirs.text())?.[1]);
    await theirs.start(inGroup);
    await theirs.ready();
    expect((await theirs.rows()).filter(({ pin }) => pin !== '')).toEqual([]);

    await other.page.getByRole('button', { name: '重新选' }).click();
    await other.page.getByLabel('村民小组').selectOption({ index: 1 });
    await other.page.getByLabel(new RegExp(`^已有密码的 ${inGroup} 户也换成新密码`)).check();
    await theirs.start(inGroup);
    const dialog = other.page.getByRole('dialog');
    expect(await dialog.innerText()).toContain(`${inGroup} 户`);
    await dialog.getByRole('button', { name: `给 ${inGroup} 户换新密码` }).click();
    await theirs.ready();
    const replaced = await theirs.rows();
    expect(replaced.filter(({ pin }) => pin.length !== 6)).toEqual([]);
    expect(other.complaints).toEqual([]);
  });
});

interface Watched {
  readonly seen: string[];
  /** The longest time in which the page could not answer a tap. */
  readonly longestMs: number;
}

/** Collects every text of the progress line until it is asked for them. */
async function watchProgress(page: Page): Promise<() => Promise<Watched>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    const watched = { seen, longestMs: 0 };
    Object.assign(window, { watched });
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      watched.longestMs = Math.max(watched.longestMs, Math.round(now - last));
      last = now;
    }, 10);
    new MutationObserver(() => {
      const text = document.querySelector('[role=status] .figures')?.textContent ?? '';
      if (text !== seen.at(-1)) seen.push(text.trim());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { watched: Watched }).watched);
}

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { pageFindings } from '../support/page-findings.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Desk } from './pages/desk.ts';

/** A PNG says its width and height in these bytes. */
const WIDTH_AT = 16;
const HEIGHT_AT = 20;

describe.skipIf(!hasChromium)('the week for the chat group', () => {
  let program: Program;
  let browser: Browser;
  let window: Window;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    window = await openWindow(browser, 'desk', program.origin);
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const committee = readDemoLogins(program).staff.find(({ role }) => role === 'committee');
    const desk = new Desk(window.page);
    await desk.logIn(committee?.username ?? '', committee?.password ?? '');
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('is one tap away from the printed notices', async () => {
    const { page } = window;
    await page.goto('/desk/notices');
    await page.getByRole('link', { name: '发到群里、大喇叭念' }).click();
    await page.getByRole('heading', { name: '发到微信群的文字' }).waitFor();
    expect(await pageFindings(page, 44)).toEqual([]);
    await picture(page, 'share-desk', { fullPage: true });
  });

  it('is copied as a text with the deeds of the week, masked, and the shop’s hours', async () => {
    const { page } = window;
    await page.getByRole('button', { name: '复制文字' }).click();
    await page.getByText('已复制').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^.+ 这一周的好事（.+）\n· /);
    expect(copied).toContain('爱心超市开门：');
    expect(copied).not.toMatch(/[-−]\d+ 分/);
  });

  it('is saved as a long picture with its own words drawn on it', async () => {
    const { page } = window;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '保存长图' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/这一周的好事\.png$/);
    const png = readFileSync(await download.path());
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect(png.readUInt32BE(WIDTH_AT)).toBe(1080);
    expect(png.readUInt32BE(HEIGHT_AT)).toBeGreaterThan(1000);
    // Empty ground alone compresses to a few kilobytes.
    expect(png.length).toBeGreaterThan(40_000);
  });

  it('nothing complained', () => expect(window.complaints).toEqual([]));
});

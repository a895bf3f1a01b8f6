import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type SIZES } from '../support/browser.ts';
import { focused } from '../support/keyboard.ts';
import { findings, settle } from '../support/measure.ts';
import { startProgram } from '../support/program.ts';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist/gallery');
const kit = join(root, 'client/ui');
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Every component of client/ui in every state, at every size, in both languages and in large text. */
describe.skipIf(!hasChromium)('the gallery of the kit', () => {
  let server: Server;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '--mode', 'gallery', '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://gallery').pathname;
      const file = join(built, path.endsWith('/') ? `${path}index.html` : path);
      if (!file.startsWith(built) || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      // The program's own content security policy is as strict as this.
      response.setHeader('Content-Security-Policy', "default-src 'self'");
      response.setHeader('Content-Type', types[extname(file)] ?? 'image/svg+xml');
      response.end(readFileSync(file));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  async function open(size: keyof typeof SIZES, { language = 'zh-CN', text = 18 } = {}) {
    const window = await openWindow(browser, size, origin);
    await window.context.addInitScript((chosen) => {
      localStorage.setItem('jishan.language', chosen);
    }, language);
    await window.page.goto(`/gallery/?text=${String(text)}`);
    await settle(window.page);
    return window;
  }

  it('is not served by the program, nor are tests, bench or sources', async () => {
    const program = await startProgram('sqlite');
    try {
      const statusOf = async (path: string) => (await fetch(program.origin + path)).status;
      // A served page shows that the 404 answers below come from a server that works.
      expect(await statusOf('/board/')).toBe(200);
      const own = ['', 'index.html', ...readdirSync(join(built, 'assets')).map((name) => `assets/${name}`)];
      const shared = new Set(readdirSync(join(root, 'dist/client/assets')));
      const paths = [
        ...own.map((name) => `/gallery/${name}`),
        ...own
          .filter((name) => name.includes('gallery') && !shared.has(basename(name)))
          .map((name) => `/${name}`),
        ...['/gallery', '/gallery/sheet', '/tests/support/shop.ts', '/tests/e2e/gallery.test.ts'],
        ...['/bench', '/docs/bench.md', '/client/gallery/index.html', '/server/main.mjs', '/package.json'],
        ...['/assets/../../gallery/index.html', '/..%2fgallery/index.html', '/.vite/office.json'],
      ];
      const statuses = await Promise.all(paths.map(statusOf));
      expect(paths.filter((_, index) => (statuses[index] ?? 0) < 400)).toEqual([]);
      const names = readdirSync(join(root, 'dist/client'), { recursive: true }).map(String);
      expect(names.filter((name) => /gallery|\.test\.|bench/.test(name))).toEqual([]);
      expect(names).toContain('board/index.html');
    } finally {
      await program.stop();
    }
  });

  it('shows every part there is', async () => {
    const { page } = await open('desk');
    const shown = await page
      .locator('[data-part]')
      .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-part')));
    const parts = readdirSync(kit).filter((name) => name.endsWith('.vue'));
    expect(parts.length).toBeGreaterThan(20);
    expect(shown.sort()).toEqual(parts.map((name) => name.replace('.vue', '')).sort());
  });

  const views = [
    { size: 'desk', language: 'zh-CN', text: 18 },
    { size: 'desk', language: 'en', text: 30 },
    { size: 'phone', language: 'zh-CN', text: 30 },
    { size: 'phone', language: 'en', text: 18 },
    { size: 'kiosk', language: 'zh-CN', text: 18 },
    { size: 'kiosk', language: 'en', text: 30 },
  ] as const;

  it.each(views)('on a $size in $language at $text px', async ({ size, language, text }) => {
    const { page, complaints } = await open(size, { language, text });
    await picture(page, `gallery-${size}-${language}-${String(text)}`, { fullPage: true });
    expect(await findings(page, { touch: 44, text })).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('can be walked by keyboard, and shows where one is', async () => {
    const { page } = await open('desk');
    const unseen: string[] = [];
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press('Tab');
      const focus = await focused(page);
      if (!focus.isSeen) unseen.push(focus.name);
    }
    expect(unseen).toEqual([]);
  });

  it('asks in dialogs that take the focus and give it back', async () => {
    const { page } = await open('phone', { text: 30 });
    for (const name of ['打开表单', '打开长内容', '打开确认', '打开不知道办成没有的表单']) {
      const opener = page.getByRole('button', { name, exact: true });
      await opener.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await settle(page);
      await picture(page, `gallery-dialog-${name}`);
      expect(await findings(page, { touch: 44, within: '[role=dialog]' })).toEqual([]);
      for (let step = 0; step < 8; step++) {
        await page.keyboard.press('Tab');
        expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });

  it('stands still for those who ask for no motion', async () => {
    const { page } = await open('desk');
    const moving = () =>
      page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await settle(page);
    expect(await moving()).toBe(0);
  });

  it.each([
    ['A4 纸', 595, 842, 2],
    ['A5 纸', 420, 595, 3],
  ])('prints on %s', async (name, width, height, leastPages) => {
    const { page } = await open('desk');
    await page.getByRole('button', { name, exact: true }).click();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThanOrEqual(leastPages);
    for (const [, wide, high] of boxes) {
      expect(Math.abs(Number(wide) - width)).toBeLessThanOrEqual(1);
      expect(Math.abs(Number(high) - height)).toBeLessThanOrEqual(1);
    }
  });

  it('prints the sheet alone, without the screen around it', async () => {
    const { page } = await open('desk');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('main').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: '小票纸', exact: true }).click();
    expect(await page.locator('.sheet').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('main').isVisible()).toBe(false);
    expect(await page.locator('.sheet').isVisible()).toBe(true);
  });
});

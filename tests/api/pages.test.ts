import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { createLedger } from '../../server/ledger/index.ts';
import { createVillage } from '../../server/village/index.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';

const FILES = {
  'index.html': '<title>landing</title>',
  'desk/index.html': '<title>desk</title>',
  'kiosk/index.html': '<title>kiosk</title>',
  'me/index.html': '<title>me</title>',
  'board/index.html': '<title>board</title>',
  'icon.svg': '<svg/>',
  'assets/desk-abc123.js': `console.log(${JSON.stringify('x'.repeat(5000))})`,
};

describe('the screens', () => {
  let test: TestStore;
  let server: Server;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-screens-'));
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, 'client', name)), { recursive: true });
      writeFileSync(join(folder, 'client', name), content);
    }
    writeFileSync(join(folder, 'secret.html'), 'outside');
    test = await openTestStore('sqlite');
    const { app } = createApp({
      store: test.store,
      config: {
        secrets: { current: 'a secret of the tests, long enough', previous: [] },
        setupCode: 'code',
        trustProxy: false,
        publicUrl: '',
        version: '0.0.0-test',
        dataDir: test.dataDir,
        screensFolder: join(folder, 'client'),
      },
      clock: Date.now,
      random: (size) => crypto.getRandomValues(new Uint8Array(size)),
      logger: pino({ level: 'silent' }),
    });
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await test.remove();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { redirect: 'manual', headers });

  it('lead to setting up until there is a village, then to the choice of faces', async () => {
    const first = await get('/');
    expect([first.status, first.headers.get('Location')]).toEqual([302, '/setup']);
    const setup = await get('/setup?code=abc&x=1');
    expect([setup.status, setup.headers.get('Location')]).toEqual([302, '/desk/setup?code=abc&x=1']);
    const ledger = createLedger({ clock: Date.now });
    const village = { id: 'v', bookId: 'b', name: '前洼村', town: '谷旦镇', isDemo: false, nowMs: 1 };
    await test.store.transaction((tx) => createVillage(tx, ledger, village));
    const second = await get('/');
    expect([second.status, await second.text()]).toEqual([200, FILES['index.html']]);
  });

  it.each(['desk', 'kiosk', 'me', 'board'] as const)(
    '/%s is its page, whatever lies behind it',
    async (face) => {
      for (const path of [`/${face}`, `/${face}/`, `/${face}/households/12?x=1`]) {
        const page = await get(path);
        expect([page.status, await page.text()]).toEqual([200, FILES[`${face}/index.html`]]);
        expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
        expect(page.headers.get('Cache-Control')).toBe('no-cache');
      }
      expect((await get(`/${face}/missing.js`)).status).toBe(404);
    },
  );

  it('allow nothing from elsewhere, and compiled code on the kiosk only', async () => {
    const headers = (await get('/desk')).headers;
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy.split(';').sort()).toEqual([
      "base-uri 'none'",
      "default-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "object-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "worker-src 'self'",
    ]);
    expect(headers.get('X-Powered-By')).toBeNull();
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Permissions-Policy')).toBe('camera=(self), microphone=(), geolocation=()');
    const kiosk = (await get('/kiosk/basket')).headers.get('Content-Security-Policy') ?? '';
    expect(kiosk).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy + kiosk).not.toMatch(/unsafe-inline|upgrade-insecure|https?:/);
  });

  it('keep hashed files for ever, and pack them', async () => {
    const file = await get('/assets/desk-abc123.js', { 'Accept-Encoding': 'gzip' });
    expect(file.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('Content-Encoding')).toBe('gzip');
    expect(await file.text()).toBe(FILES['assets/desk-abc123.js']);
    expect((await get('/icon.svg')).headers.get('Cache-Control')).toBe('no-cache');
  });

  it('end at their folder', async () => {
    for (const path of [
      '/../secret.html',
      '/%2e%2e/secret.html',
      '/assets/..%2f..%2fsecret.html',
      '/desk/..%5c..%5csecret.html',
      '/nothing',
      '/assets/nothing.js',
      '/.env',
      '/assets/%00',
    ]) {
      const response = await get(path);
      expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
      expect(await response.text()).not.toContain('outside');
    }
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Express } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { createLedger } from '../support/ledger.ts';
import { createVillage } from '../../server/village/index.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';

const FILES = {
  'index.html': '<title>landing</title>',
  'desk/index.html': '<title>desk</title>',
  'kiosk/index.html': '<title>kiosk</title>',
  'me/index.html': '<title>me</title>',
  'board/index.html': '<title>board</title>',
  'https/index.html': '<title>https</title>',
  'icon.svg': '<svg/>',
  'kiosk/worker.js': 'a worker',
  'kiosk/app.webmanifest': '{"name":"kiosk"}',
  'no-worker.js': 'no worker',
  'assets/desk-abc123.js': `console.log(${JSON.stringify('x'.repeat(5000))})`,
};

describe('the screens', () => {
  let test: TestStore;
  let app: Express;
  let folder: string;
  let appOf: (keepsPages: boolean) => Express;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-screens-'));
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, 'client', name)), { recursive: true });
      writeFileSync(join(folder, 'client', name), content);
    }
    writeFileSync(join(folder, 'secret.html'), 'outside');
    test = await openTestStore('sqlite');
    appOf = (keepsPages) =>
      createApp({
        store: test.store,
        config: {
          secrets: { current: 'a secret of the tests, long enough', previous: [] },
          setupCode: 'code',
          trustProxy: false,
          publicUrl: '',
          version: '0.0.0-test',
          dataDir: test.dataDir,
          screensFolder: join(folder, 'client'),
          keepsPages,
        },
        clock: Date.now,
        random: (size) => crypto.getRandomValues(new Uint8Array(size)),
        logger: pino({ level: 'silent' }),
      }).app;
    app = appOf(true);
  });
  afterAll(async () => {
    await test.remove();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string) => request(app).get(path);

  it('lead to setting up until there is a village, then to the choice of faces', async () => {
    await get('/').expect(302).expect('Location', '/setup');
    await get('/setup?code=abc&x=1').expect(302).expect('Location', '/desk/setup?code=abc&x=1');
    const ledger = createLedger({ clock: Date.now });
    const village = { id: 'v', bookId: 'b', name: '前洼村', town: '谷旦镇', isDemo: false, nowMs: 1 };
    await test.store.transaction((tx) => createVillage(tx, ledger, village));
    await get('/').expect(200, FILES['index.html']);
  });

  it.each(['desk', 'kiosk', 'me', 'board', 'https'] as const)(
    '/%s is its page, whatever lies behind it',
    async (face) => {
      for (const path of [`/${face}`, `/${face}/`, `/${face}/households/12?x=1`]) {
        await get(path)
          .expect(200, FILES[`${face}/index.html`])
          .expect('Content-Type', 'text/html; charset=utf-8')
          .expect('Cache-Control', 'no-cache');
      }
      await get(`/${face}/missing.js`).expect(404);
    },
  );

  it('allow nothing from elsewhere, and compiled code only where there is a camera', async () => {
    const { headers } = await get('/me');
    const policy = String(headers['content-security-policy']);
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
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    for (const path of ['/kiosk/basket', '/desk/award']) {
      const withCamera = String((await get(path)).headers['content-security-policy']);
      expect(withCamera).toBe(policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
    }
    expect(policy).not.toMatch(/unsafe|upgrade-insecure|https?:/);
  });

  it('give browsers a worker that may answer the whole face, or one that gives the kept page up', async () => {
    await get('/kiosk/worker.js')
      .expect(200, FILES['kiosk/worker.js'])
      .expect('Content-Type', 'text/javascript; charset=utf-8')
      .expect('Cache-Control', 'no-cache')
      .expect('Service-Worker-Allowed', '/kiosk');
    await get('/me/worker.js').expect(404);
    await get('/board/worker.js').expect(404);
    const without = appOf(false);
    for (const face of ['kiosk', 'me'])
      await request(without)
        .get(`/${face}/worker.js`)
        .expect(200, FILES['no-worker.js'])
        .expect('Service-Worker-Allowed', `/${face}`);
    await get('/kiosk/app.webmanifest')
      .expect(200)
      .expect('Content-Type', 'application/manifest+json; charset=utf-8');
  });

  it('keep hashed files for ever, and pack them', async () => {
    await get('/assets/desk-abc123.js')
      .set('Accept-Encoding', 'gzip')
      .expect(200, FILES['assets/desk-abc123.js'])
      .expect('Cache-Control', 'public, max-age=31536000, immutable')
      .expect('Content-Encoding', 'gzip');
    await get('/icon.svg').expect(200).expect('Cache-Control', 'no-cache');
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/assets/..%2f..%2fsecret.html',
    '/desk/..%5c..%5csecret.html',
    '/nothing',
    '/assets/nothing.js',
    '/.env',
    '/assets/%00',
    '/%',
  ])('end at their folder: %s', async (path) => {
    const { status, text } = await get(path);
    expect([400, 403, 404]).toContain(status);
    expect(text).not.toContain('outside');
  });
});

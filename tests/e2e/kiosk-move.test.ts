/** The server gets another address: the counter goes there with its pairing and its rows, and nobody else gets them. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import words from '../../client/kiosk/outbox/locales/zh-CN.ts';
import type { KeptRow } from '../../client/outbox/outbox-disk.ts';
import { httpsFiles } from '../../server/https/index.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { hasChromium, picture, SIZES } from '../support/browser.ts';
import { type Ask, demoAdmin, newPairingCode, readDemoLogins } from '../support/demo-village.ts';
import { launchTrusting } from '../support/origins.ts';
import { rowsOnDisk } from '../support/rows-on-disk.ts';
import { launchCommand, startServer } from '../support/server-process.ts';
import { isMissing } from '../support/tools.ts';
import { Kiosk } from './pages/kiosk.ts';
import { leaveRows } from './pages/rows-left.ts';

const { strip, move, arrive } = words;
const [OLD, NEW, EVIL] = ['old.test', 'new.test', 'evil.test'] as const;
const SIGNATURE = 'B'.repeat(86);

describe.skipIf(!hasChromium || isMissing('certutil'))('a counter whose server moves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-move-'));
  const place = { dataDir: join(folder, 'data'), databaseUrl: undefined, env: { HTTPS_PORT: '0' } };
  let server: Awaited<ReturnType<typeof startServer>>;
  let browser: Browser;
  let admin: Ask;
  let ports: Readonly<Record<'http' | 'https', string>>;
  const at = (scheme: 'http' | 'https', host: string) => `${scheme}://${host}:${ports[scheme]}`;
  const choose = (host: string) => admin('POST', '/address', { origin: at('http', host), isKept: true });

  beforeAll(async () => {
    cpSync(inject('demoVillage'), place.dataDir, {
      recursive: true,
      filter: (path) => !['server.lock', 'server.pid'].includes(basename(path)),
    });
    server = await startServer(place, { env: { HOST: '127.0.0.1' } });
    expect((await launchCommand(place, 'https', OLD, NEW, '--json').ended).code).toBe(0);
    const standing = async () =>
      (await (await fetch(`${server.url}${API_BASE}/https`)).json()) as { port: number | null };
    await vi.waitFor(async () => expect((await standing()).port).not.toBeNull(), 10_000);
    ports = { http: new URL(server.url).port, https: String((await standing()).port) };
    const program = { origin: server.url, dataDir: place.dataDir } as Parameters<typeof demoAdmin>[0] &
      Parameters<typeof readDemoLogins>[0];
    admin = await demoAdmin(program, readDemoLogins(program));
    browser = await launchTrusting(
      join(folder, 'home'),
      httpsFiles(place.dataDir).authority()?.certificate,
      `--host-resolver-rules=MAP *.test 127.0.0.1`,
    );
  });
  afterAll(async () => {
    await browser.close();
    await server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({
      ...{ viewport: SIZES.kiosk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', serviceWorkers: 'block' },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return { context, page };
  }

  const rows: KeptRow[] = [1, 2, 3].map((number) => ({
    row: {
      ...{ device: 'A'.repeat(43), number, key: `row-key-${number}`, kind: 'kiosk.redeem' },
      ...{ body: JSON.stringify({ householdNumber: `06${number}`, points: 800, lines: [] }), shift: 's' },
      ...{ atMs: Date.now() - 900_000, offsetMs: 0, copy: 1, before: '0'.repeat(64), hash: 'a'.repeat(64) },
      ...{ signature: SIGNATURE, done: { how: 'here', atMs: 1, entry: null, signature: SIGNATURE } },
    },
    answer: null,
  }));

  it.each(['https', 'http'] as const)('goes along by %s, though the old address is gone', async (scheme) => {
    await choose(OLD);
    const { context, page } = await open();
    const code = await newPairingCode(admin, `柜台 ${scheme}`);
    await page.goto(`${at(scheme, OLD)}/kiosk/`);
    const kiosk = new Kiosk(page);
    await kiosk.pressDigits(code);
    await page.getByRole('button', { name: '配对', exact: true }).click();
    await page.getByText('今天谁当班？').waitFor();
    if (scheme === 'https') await leaveRows(page, rows);

    await choose(NEW);
    await page.reload();
    const banner = page.getByRole('banner').getByRole('button', { name: new RegExp(strip.moved) });
    await banner.waitFor();
    // Only the files of the page are still to be had there, as a worker keeps them.
    await context.route(`${at(scheme, OLD)}${API_BASE}/**`, (route) => route.abort());
    await banner.click();
    await page.getByText(at(scheme, NEW)).waitFor();
    await picture(page, `kiosk-move-offer-${scheme}`);
    const [arrived] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('button', { name: move.go }).click(),
    ]);
    await arrived.getByRole('heading', { name: `把“柜台 ${scheme}”搬到这里？` }).waitFor();
    expect(new URL(arrived.url()).hash).toBe('');
    await picture(arrived, `kiosk-move-arrive-${scheme}`);
    await arrived.getByRole('button', { name: arrive.take }).click();
    await arrived.getByRole('heading', { name: arrive.taken }).waitFor();
    // The old page may have had answers to them before.
    const there = (await rowsOnDisk(arrived, 'outbox')) as KeptRow[];
    expect(there.map(({ row }) => row)).toEqual(scheme === 'https' ? rows.map(({ row }) => row) : []);
    await arrived.getByRole('button', { name: arrive.goOn }).click();
    await arrived.getByText('今天谁当班？').waitFor();

    // The old page serves no more and says where the counter is.
    await page.getByRole('button', { name: new RegExp(strip.gone) }).click();
    expect(await page.getByRole('link', { name: move.open }).getAttribute('href')).toBe(
      `${at(scheme, NEW)}/kiosk/`,
    );
    await picture(page, `kiosk-move-gone-${scheme}`);
    expect(await page.evaluate(() => localStorage.getItem('jishan.kiosk.device'))).toBeNull();
    await context.close();
  });

  it('takes nothing from a page that is not at an address of the server', async () => {
    const { context, page } = await open();
    await context.route(`http://${EVIL}/`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<button>go</button>' }),
    );
    await page.goto(`http://${EVIL}/`);
    const [arrived] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate(
        (address) => {
          const opened = window.open(`${address}/kiosk/#move`);
          window.addEventListener('message', () => {
            const things = { token: 'stolen', rows: [] };
            opened?.postMessage({ jishanMove: 'things', things }, address);
          });
        },
        at('https', NEW),
      ),
    ]);
    await arrived.getByText(arrive.refused.stranger).waitFor();
    await picture(arrived, 'kiosk-move-stranger');
    expect(await arrived.evaluate(() => localStorage.getItem('jishan.kiosk.device'))).toBeNull();
    await context.close();
  });

  it('says what to do where somebody opened the new address by hand', async () => {
    const { context, page } = await open();
    await page.goto(`${at('https', NEW)}/kiosk/#move`);
    await page.getByText(arrive.refused.alone).waitFor();
    await page.getByRole('button', { name: arrive.back }).click();
    await page.getByText('这台机器还没有配对').waitFor();
    await context.close();
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachableAddresses } from '../../server/address/own-addresses.ts';
import { httpsFiles } from '../../server/https/index.ts';
import { inGroups } from '../../shared/https/fingerprint.ts';
import { hasChromium, picture, SIZES } from '../support/browser.ts';
import { launchTrusting } from '../support/origins.ts';
import { launchCommand, startServer } from '../support/server-process.ts';
import { isMissing } from '../support/tools.ts';
import { Desk } from './pages/desk.ts';

const ADMIN = { name: '王芳', username: 'wangfang', password: 'three brown hens' };
const [ownAddress] = reachableAddresses(networkInterfaces());

/** A village makes its certificate, and devices of the shop and the office are walked to https. */
describe.skipIf(!hasChromium || isMissing('certutil') || ownAddress === undefined)('https', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-https-'));
  const place = {
    dataDir: join(folder, 'data'),
    databaseUrl: undefined,
    env: { HTTPS_PORT: '0' },
  };
  const browsers: Browser[] = [];
  let server: Awaited<ReturnType<typeof startServer>>;
  let plain = '';

  beforeAll(async () => {
    server = await startServer(place, { env: { HOST: '0.0.0.0' } });
    plain = `http://${ownAddress}:${new URL(server.url).port}`;
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  /** A window of a device; it trusts the village's authority once that is installed. */
  async function device(
    isTrusting: boolean,
    size: keyof typeof SIZES = 'kiosk',
    baseURL = plain,
  ): Promise<Page> {
    const authority = isTrusting ? httpsFiles(place.dataDir).authority()?.certificate : undefined;
    const browser = await launchTrusting(join(folder, `home${browsers.length}`), authority);
    browsers.push(browser);
    const context = await browser.newContext({ viewport: SIZES[size], locale: 'zh-CN', baseURL });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }

  it('is told to be missing, until one command makes it; the server that runs opens its port', async () => {
    const page = await device(false, 'desk', server.url);
    const desk = new Desk(page);
    await desk.setUp('清河村', '谷旦镇', ADMIN);
    const tablet = await device(false);
    await tablet.goto(`${plain}/kiosk`);
    await tablet.getByRole('link', { name: '先装安全连接' }).click();
    await tablet.getByText('村里还没有办证书').waitFor();
    await picture(tablet, 'https-missing', { fullPage: true });

    const made = await launchCommand(place, 'https', ownAddress ?? '', '--json').ended;
    expect(made.code).toBe(0);
    const { done, authority } = JSON.parse(made.out) as { done: string; authority: { sha256: string } };
    expect(done).toBe('authority_made');
    await expect
      .poll(
        async () => {
          const { port } = (await (await fetch(`${server.url}/api/v1/https`)).json()) as {
            port: number | null;
          };
          return port;
        },
        { timeout: 10_000 },
      )
      .not.toBeNull();

    await page.goto(`${plain}/desk`);
    await desk.fillIn(ADMIN.username, ADMIN.password);
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    await page.goto(`${plain}/desk/address`);
    await page.getByText(inGroups(authority.sha256)).waitFor();
    await picture(page, 'https-desk', { fullPage: true });
  });

  it('walks a device through: what to download, what to compare, and over to the address that tries it', async () => {
    const tablet = await device(true);
    await tablet.goto(`${plain}/https`);
    await tablet.getByRole('radio', { name: '安卓平板或手机' }).check({ force: true });
    await picture(tablet, 'https-steps-android', { fullPage: true });
    const download = tablet.waitForEvent('download');
    await tablet.getByRole('link', { name: '下载', exact: true }).click();
    expect((await download).suggestedFilename()).toBe('jishan-ca.crt');
    await tablet.getByRole('radio', { name: 'Windows 电脑' }).check({ force: true });
    await picture(tablet, 'https-steps-windows', { fullPage: true });
    await tablet.getByRole('radio', { name: 'iPad' }).check({ force: true });
    await picture(tablet, 'https-steps-ipad', { fullPage: true });
    await tablet.getByRole('link', { name: '试一试这台设备' }).click();
    await tablet.getByText('这台设备可以了').waitFor();
    expect(new URL(tablet.url()).protocol).toBe('https:');
    await picture(tablet, 'https-ready', { fullPage: true });
    // Nothing of the trial stays on the device.
    expect(
      await tablet.evaluate(async () => [
        (await navigator.serviceWorker.getRegistrations()).length,
        (await indexedDB.databases()).length,
      ]),
    ).toEqual([0, 0]);
    await tablet.getByRole('link', { name: '打开兑换台' }).click();
    await tablet.getByText('这台机器还没有配对').waitFor();
    expect(await tablet.getByRole('link', { name: '先装安全连接' }).count()).toBe(0);
  });

  it('a device whose warning was clicked away is told that it is not ready, and led back', async () => {
    const tablet = await device(false);
    await tablet.goto(`${plain}/https`);
    const secure = await tablet.getByRole('link', { name: '试一试这台设备' }).getAttribute('href');
    await tablet.goto(secure ?? '').catch(String);
    await tablet.locator('#details-button').click();
    await tablet.locator('#proceed-link').click();
    await tablet.getByText('只是把警告点掉了').waitFor();
    expect(await tablet.evaluate(() => isSecureContext)).toBe(true);
    await picture(tablet, 'https-untrusted', { fullPage: true });
    await tablet.getByRole('link', { name: '回去看第 2 步' }).click();
    await tablet.getByText('装到这台设备上').waitFor();
    expect(tablet.url()).toBe(`${plain}/https`);
  });

  it('staff log in on both addresses side by side; households’ address stays as it is', async () => {
    const page = await device(true, 'desk');
    const { port } = (await (await fetch(`${server.url}/api/v1/https`)).json()) as { port: number };
    const secure = `https://${ownAddress}:${port}`;
    const desk = new Desk(page);
    for (const origin of [secure, plain]) {
      await page.goto(`${origin}/desk`);
      await desk.fillIn(ADMIN.username, ADMIN.password);
      await page.getByRole('heading', { name: /您好/ }).waitFor();
    }
    for (const origin of [secure, plain]) {
      await page.goto(`${origin}/desk`);
      await page.getByRole('heading', { name: /您好/ }).waitFor();
    }
    // The browser was at the https address: plain http on the same host goes on all the same.
    await page.goto(`${plain}/me`);
    expect(page.url()).toMatch(/^http:/);
    await page.goto(`${secure}/desk/address`);
    await page.getByText(plain, { exact: true }).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain(secure);
  });

  it('a phone in English reads it too', async () => {
    const phone = await device(false, 'phone');
    await phone.goto(`${plain}/https`);
    await phone.getByRole('button', { name: 'English' }).click();
    await phone.getByText('Compare the fingerprint').waitFor();
    await picture(phone, 'https-steps-phone-en', { fullPage: true });
  });
});

import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture } from '../support/browser.ts';
import {
  type Ask,
  type DemoLogins,
  demoAdmin,
  newPairingCode,
  readDemoLogins,
  stockPens,
} from '../support/demo-village.ts';
import { barsPrint, type Film, qrPrint, writeFilm } from '../support/fake-camera.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Kiosk } from './pages/kiosk.ts';

/** A kiosk without a scanner: the camera is Chromium's fake one, which is shown printed cards and goods. */
describe.skipIf(!hasChromium)('the kiosk’s camera', () => {
  let program: Program;
  let logins: DemoLogins;
  let admin: Ask;
  let pens: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    admin = await demoAdmin(program, logins);
    pens = await stockPens(admin);
  });
  afterAll(async () => {
    await program.stop();
    expect(complaints).toEqual([]);
  });

  const first = () => logins.households[0] ?? { number: '', card: '', pin: '' };

  async function onDuty(browser: Browser, origin = program.origin): Promise<Kiosk> {
    const window = await openWindow(browser, 'kiosk', origin);
    window.page.on('close', () => complaints.push(...window.complaints));
    const kiosk = new Kiosk(window.page);
    await kiosk.pair(await newPairingCode(admin, '摄像头台'));
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    return kiosk;
  }

  async function watching(name: string, film: Film, work: (kiosk: Kiosk) => Promise<void>): Promise<void> {
    const path = join(program.dataDir, `${name}.y4m`);
    writeFilm(path, film);
    const browser = await launchBrowser(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${path}`,
    );
    try {
      await work(await onDuty(browser));
    } finally {
      await browser.close();
    }
  }

  it('reads the QR of a printed card, opens the household and goes out', async () => {
    const address = `${program.origin}/me/#c=${first().card}`;
    await watching('qr', [{ print: qrPrint(address), pictures: 20 }], async (kiosk) => {
      await kiosk.openCamera();
      await kiosk.page.getByText(new RegExp(`户号 ${first().number}$`)).waitFor();
      await kiosk.page.getByRole('dialog').waitFor({ state: 'detached' });
      const isFilming = await kiosk.page.evaluate(() => document.querySelector('video') !== null);
      expect(isFilming).toBe(false);
    });
  });

  it.each(['code128', 'interleaved2of5'] as const)('reads a card’s digits in bars: %s', async (kind) => {
    await watching(kind, [{ print: barsPrint(kind, first().card), pictures: 20 }], async (kiosk) => {
      await kiosk.openCamera();
      await kiosk.page.getByText(new RegExp(`户号 ${first().number}$`)).waitFor();
    });
  });

  it('adds an item each time it is held up, and stays open for the next', async () => {
    const film: Film = [
      { print: barsPrint('ean13', pens), pictures: 20 },
      { print: null, pictures: 25 },
    ];
    await watching('goods', film, async (kiosk) => {
      await kiosk.scanCard(first().card);
      await kiosk.openCamera();
      await expect.poll(() => kiosk.pieces()).toBe(1);
      await picture(kiosk.page, 'kiosk-camera');
      await expect.poll(() => kiosk.pieces(), { timeout: 15_000 }).toBe(2);
      expect(await kiosk.page.getByRole('dialog').isVisible()).toBe(true);
      await kiosk.closeCamera();
      expect(await kiosk.pieces()).toBe(2);
    });
  });

  it('says what is wrong and what to do where there is no camera, no leave to use it, or no safe address', async () => {
    const browser = await launchBrowser('--host-resolver-rules=MAP shop.test 127.0.0.1');
    try {
      const refused = await onDuty(browser);
      await refused.openCamera();
      await refused.page.getByText(/^没有得到使用摄像头的许可|^没有找到摄像头/).waitFor();
      await refused.page.getByRole('button', { name: '再试一次' }).click();
      await refused.page.getByText(/^没有得到使用摄像头的许可|^没有找到摄像头/).waitFor();
      await refused.page.close();
      const plain = await onDuty(browser, program.origin.replace('127.0.0.1', 'shop.test'));
      await plain.openCamera();
      await plain.page.getByText('这个网址不能用摄像头').waitFor();
      await picture(plain.page, 'kiosk-camera-insecure');
      await plain.closeCamera();
      await plain.page.close();
    } finally {
      await browser.close();
    }
  });
});

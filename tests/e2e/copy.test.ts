import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, type Window } from '../support/browser.ts';
import { type Ask, demoAdmin, type DemoLogins, readDemoLogins } from '../support/demo-village.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Kiosk } from './pages/kiosk.ts';

/** The copy of the village on a counter's device: sealed, and gone once it may not be there. */
describe.skipIf(!hasChromium)('the copy on a device', () => {
  let program: Program;
  let browser: Browser;
  let window: Window;
  let page: Page;
  let logins: DemoLogins;
  let admin: Ask;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    admin = await demoAdmin(program, logins);
    await admin('PATCH', '/village', { settings: { withoutNetworkHundredths: 6000 } });
    browser = await launchBrowser();
    window = await openWindow(browser, 'kiosk', program.origin);
    page = window.page;
    const kiosk = new Kiosk(page);
    await kiosk.pair(logins.kioskPairingCode);
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  /** The names of the parts on the disk, and everything on it as text. */
  const onDisk = () =>
    page.evaluate(
      () =>
        new Promise<{ parts: string[]; text: string; canBeTakenOut: boolean }>((resolve, reject) => {
          const opening = indexedDB.open('jishan');
          opening.addEventListener('error', () => reject(new Error('no database')));
          opening.addEventListener('success', () => {
            const work = opening.result.transaction(['copy', 'copyState']);
            const [names, parts, key] = [
              work.objectStore('copy').getAllKeys(),
              work.objectStore('copy').getAll(),
              work.objectStore('copyState').get('key'),
            ];
            work.addEventListener('complete', () => {
              opening.result.close();
              const bytes = (parts.result as { bytes: ArrayBuffer }[]).map((part) => part.bytes);
              resolve({
                parts: names.result.map(String),
                text: bytes.map((one) => new TextDecoder().decode(one)).join('\n'),
                canBeTakenOut: (key.result as CryptoKey | undefined)?.extractable === true,
              });
            });
          });
        }),
    );

  it('is sealed, under a key that cannot be taken out', async () => {
    await expect.poll(async () => (await onDisk()).parts.length, { timeout: 30_000 }).toBe(81);
    const { text, canBeTakenOut } = await onDisk();
    expect(canBeTakenOut).toBe(false);
    expect(text.length).toBeGreaterThan(10_000);
    for (const readable of ['households', 'argon2id', '"number"', logins.volunteer.name])
      expect(text).not.toContain(readable);
    expect(window.complaints).toEqual([]);
  });

  it('is wiped once the desk has locked the kiosk out', async () => {
    const { items } = (await admin('GET', '/kiosks')) as { items: { id: string; paired: boolean }[] };
    for (const { id } of items) await admin('POST', `/kiosks/${id}/revoke`, {});
    await page.reload();
    await page.getByText('这台机器还没有配对').waitFor();
    await expect.poll(async () => (await onDisk()).parts, { timeout: 30_000 }).toEqual([]);
  });
});

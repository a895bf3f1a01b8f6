import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOrigins, OTHER_NAME, SHOP_NAME, type Origins } from '../support/origins.ts';
import { hasChromium } from '../support/browser.ts';
import { isMissing } from '../support/tools.ts';

/** The findings of a page about its browser on one origin. */
interface Seen {
  readonly secure: string;
  readonly strict: string;
  readonly worker: string;
  readonly key: string;
  readonly locks: string;
  readonly persist: string;
  readonly camera: string;
  readonly gone: string;
}

const COLUMNS = ['secure', 'strict', 'worker', 'key', 'locks', 'persist', 'camera', 'gone'] as const;
const BY_PRESS = { timeout: 10_000 };

/** The table of docs/offline.md: what stands in a row, by its first cell without backticks. */
function documented(): Map<string, readonly string[]> {
  const text = readFileSync('docs/offline.md', 'utf8');
  const [, section = ''] = text.split('## What each origin gives');
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return new Map(
    rows.map((row) => {
      const [name = '', ...cells] = row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.replaceAll(/[`*]/g, '').trim());
      return [name, cells];
    }),
  );
}

/**
 * Each origin for real: a server in this process, the real browser, certificates as `jishan https` makes them. The
 * table in docs/offline.md is compared with what is seen, so that it holds for the browser that the tests have.
 */
describe.skipIf(!hasChromium || isMissing('certutil'))('an origin gives what docs/offline.md says', () => {
  let origins: Origins;
  const browsers: Browser[] = [];
  beforeAll(async () => {
    origins = await openOrigins();
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await origins.close();
  });

  async function open(kind: Parameters<Origins['launch']>[0]): Promise<Page> {
    const browser = await origins.launch(kind);
    browsers.push(browser);
    const context: BrowserContext = await browser.newContext();
    return context.newPage();
  }

  /** Looks at the page, then takes its server away and opens it again. */
  async function seenOn(page: Page): Promise<readonly string[]> {
    await page.getByText('looked').waitFor(BY_PRESS);
    const seen = JSON.parse(await page.locator('#seen').innerText()) as Omit<Seen, 'gone'>;
    origins.goAway();
    try {
      const gone = await page.reload({ timeout: 10_000 }).then(
        () => 'yes',
        () => 'no',
      );
      const whole: Seen = { ...seen, gone };
      return COLUMNS.map((column) => whole[column]);
    } finally {
      await origins.comeBack();
    }
  }

  const row = (name: string) => documented().get(name);

  it('http on the server’s own computer', async () => {
    const page = await open('plain');
    await page.goto(origins.at('http', '127.0.0.1'));
    expect(await seenOn(page)).toEqual(row('http://127.0.0.1, http://localhost'));
    await page.goto(origins.at('http', 'localhost'));
    expect(await seenOn(page)).toEqual(row('http://127.0.0.1, http://localhost'));
  });

  it('plain http in the village’s network', async () => {
    const page = await open('plain');
    await page.goto(origins.at('http', SHOP_NAME));
    expect(await seenOn(page)).toEqual(row('http://192.168.1.10, http://a-name'));
  });

  it('https of an authority that the device does not know: a warning, and who clicks it away', async () => {
    const page = await open('plain');
    const failed = await page.goto(origins.at('https', SHOP_NAME)).then(String, String);
    expect(failed).toContain('ERR_CERT_AUTHORITY_INVALID');
    expect(row('https, authority unknown')).toEqual([
      'a warning stands before the page',
      ...Array(7).fill(''),
    ]);
    await page.locator('#details-button').click(BY_PRESS);
    await page.locator('#proceed-link').click(BY_PRESS);
    expect(await seenOn(page)).toEqual(row('https, authority unknown, warning clicked away'));
  });

  it('https whose key the browser was told to accept', async () => {
    const page = await open('keyAccepted');
    await page.goto(origins.at('https', SHOP_NAME));
    expect(await seenOn(page)).toEqual(row('https, authority installed: by name, by number'));
  });

  it('https of an authority that was installed, by name and by number', async () => {
    const page = await open('installed');
    for (const host of [SHOP_NAME, '127.0.0.1']) {
      await page.goto(origins.at('https', host));
      expect(await seenOn(page)).toEqual(row('https, authority installed: by name, by number'));
    }
  });

  it('the browser heeds the bounds of the authority: it cannot speak for another’s name', async () => {
    const page = await open('installed');
    const failed = await page.goto(origins.at('https', OTHER_NAME)).then(String, String);
    expect(failed).toContain('ERR_CERT_INVALID');
    expect(await page.locator('#seen').count()).toBe(0);
  });
});

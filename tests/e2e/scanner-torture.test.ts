import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../support/browser.ts';
import type { ScanOptions } from '../support/scanner.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import type { Kiosk } from './pages/kiosk.ts';

/** Scans in each state: 30; `npm test -- --long` makes it 200, and JISHAN_SCANS any other number. */
const SCANS = Number(process.env.JISHAN_SCANS ?? (process.env.JISHAN_LONG === '1' ? 200 : 30));

/** No card of any village and no barcode, however much of it is read. */
const DIGITS = '31415926535897932384626433832795';

/** A scanner that types, with the kiosk in every state it may find it in: each scan counts once and presses nothing. */
describe.skipIf(!hasChromium)('a scanner', () => {
  let counter: Counter;
  let context: BrowserContext;
  let page: Page;
  let kiosk: Kiosk;
  let card: string;
  let pens: string;

  beforeAll(async () => {
    counter = await openCounter({ penPriceHundredths: 10, before: rememberKeys });
    ({ page, context, kiosk, pens } = counter);
    card = await counter.onDuty();
    await countClicks();
  });
  afterAll(() => counter.close());
  beforeEach(() => kiosk.reopen(card));

  const search = () => page.getByRole('searchbox');
  /** The search lies behind a button, and is closed again with the household. */
  async function openSearch(): Promise<void> {
    await page.getByRole('button', { name: '找商品' }).click();
    await search().waitFor();
  }

  const clicks = () => page.evaluate(() => Number(document.body.dataset.clicks ?? 0));

  /** Counts every click from now on, whoever makes it. */
  async function countClicks(): Promise<void> {
    await page.evaluate(() => {
      const count = () =>
        (document.body.dataset.clicks = String(Number(document.body.dataset.clicks ?? 0) + 1));
      addEventListener('click', count, { capture: true });
    });
  }

  async function tellKeys(error: unknown): Promise<never> {
    const keys = await page.evaluate(() => document.body.dataset.keys ?? '');
    throw new Error(`the page heard, each with its stamp and when it came: ${keys}`, { cause: error });
  }

  /** Scans one item so many times; what is pressed between scans is our own doing. */
  async function scanMany(
    before: (index: number) => Promise<void> = () => Promise.resolve(),
    options: ScanOptions = {},
  ): Promise<void> {
    for (let count = 1; count <= SCANS; count += 1) {
      await before(count);
      const pressedBefore = await clicks();
      await kiosk.scan(pens, options);
      await expect
        .poll(() => kiosk.pieces())
        .toBe(count)
        .catch(tellKeys);
      expect(await clicks(), 'buttons pressed by the scanner').toBe(pressedBefore);
    }
    expect(await page.locator('.notice').count()).toBe(0);
  }

  it('counts with nothing focused', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await scanMany();
  });

  it('counts with any button focused, and presses none', async () => {
    const buttons = page.locator('button:enabled:visible');
    await scanMany(async (index) => buttons.nth(index % (await buttons.count())).focus());
  });

  it('counts with the search focused, which keeps what a person typed', async () => {
    await openSearch();
    await search().fill('盐');
    await search().focus();
    await scanMany();
    expect(await search().inputValue()).toBe('盐');
    await search().fill('');
  });

  it('counts with an input method that turns digits into full-width ones', async () => {
    await openSearch();
    await search().fill('盐');
    await scanMany(undefined, { inputMethod: (digit) => String.fromCharCode(0xff10 + Number(digit)) });
    expect(await search().inputValue()).toBe('盐');
    await search().fill('');
  });

  it('counts with an input method in the middle of a word', async () => {
    await openSearch();
    await search().focus();
    const ime = await context.newCDPSession(page);
    const compose = () =>
      ime.send('Input.imeSetComposition', { text: 'ya', selectionStart: 2, selectionEnd: 2 });
    await scanMany(() => compose().then(() => undefined), { inputMethod: (digit) => digit });
    expect(await search().inputValue()).not.toMatch(/\d/);
    await search().fill('');
  });

  it.each([1, 3])(
    'leaves nothing of what an input method took, with all but %s keys of a code coming late',
    async (after) => {
      await openSearch();
      await search().fill('盐');
      await search().focus();
      await kiosk.scan(pens, { inputMethod: (digit) => digit, late: { after, ms: 400 } });
      await expect.poll(() => kiosk.pieces()).toBe(1);
      expect(await search().inputValue()).toBe('盐');
      await search().fill('');
    },
  );

  it('counts with Caps Lock on, letters of a card’s address included', async () => {
    await page.keyboard.press('CapsLock');
    await scanMany(
      async (index) => {
        if (index % 10 === 0) await kiosk.scan(`${counter.program.origin}/me/#c=${card}`, { capsLock: true });
      },
      { capsLock: true },
    );
    await page.keyboard.press('CapsLock');
  });

  it('counts with a dialog open and its dangerous button focused', async () => {
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await kiosk.confirm();
    await kiosk.scanCard(card);
    await page.locator('.person').waitFor();
    await scanMany(async () => {
      await page.getByRole('button', { name: '撤销上一笔' }).click();
      await page.getByRole('button', { name: '撤销，积分退回' }).focus();
    });
  });

  it.each([
    ['Tab', 4],
    [null, 4],
    ['Enter', 50],
    ['Tab', 50],
    [null, 50],
  ] as const)('counts one that ends with %s and leaves %s ms between keys', async (end, gapMs) => {
    await openSearch();
    await search().focus();
    // The pauses are told to the page and not waited for; it is the number of scans that takes time.
    for (let count = 1; count <= Math.ceil(SCANS / 5); count += 1) {
      await kiosk.scan(pens, { end, gapMs });
      await expect.poll(() => kiosk.pieces()).toBe(count);
    }
    expect(await search().evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await search().inputValue()).toBe('');
  });

  it('reads codes of 4 to 32 characters whole, and says of each that it is not ours', async () => {
    await openSearch();
    await search().focus();
    await page.evaluate(() => {
      document.body.dataset.flashes = '0';
      new MutationObserver((changes) => {
        const added = changes.flatMap((change) => Array.from(change.addedNodes));
        const flashes = added.filter(
          (node) => node instanceof HTMLElement && node.classList.contains('flash'),
        );
        const before = Number(document.body.dataset.flashes);
        document.body.dataset.flashes = String(before + flashes.length);
      }).observe(document.body, { childList: true, subtree: true });
    });
    for (let length = 4; length <= 32; length += 1) {
      await kiosk.scan(DIGITS.slice(0, length));
      await expect.poll(() => page.evaluate(() => Number(document.body.dataset.flashes))).toBe(length - 3);
    }
    expect(await kiosk.pieces()).toBe(0);
    expect(await search().inputValue()).toBe('');
    await page.getByText('这不是我们的卡或商品').first().waitFor();
  });

  it('counts the same code ten times at five a second as ten', async () => {
    for (let count = 0; count < 10; count += 1) {
      await kiosk.scan(pens);
      await page.waitForTimeout(200);
    }
    await expect.poll(() => kiosk.pieces()).toBe(10);
  });

  it('is not tried on a page whose clock was replaced, where no key says when it was pressed', async () => {
    const replaced = await counter.anotherWindow();
    await replaced.page.clock.install();
    await replaced.page.reload();
    await replaced.page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await expect(replaced.kiosk.scan(card)).rejects.toThrow('clock of this page was replaced');
  });

  it('leaves a person’s typing alone', async () => {
    await openSearch();
    await search().focus();
    await page.keyboard.type('5kg', { delay: 120 });
    await expect.poll(() => search().inputValue()).toBe('5kg');
    expect(await kiosk.pieces()).toBe(0);
    await search().fill('');
  });
});

/** Keeps what the page heard of the last keys, and when: a scan that is lost shows there on which side it was. */
function rememberKeys(): void {
  const keys: string[] = [];
  const remember = ({ code, timeStamp }: KeyboardEvent) => {
    keys.push(`${code} ${timeStamp.toFixed()}/${performance.now().toFixed()}`);
    document.body.dataset.keys = keys.slice(-120).join(', ');
  };
  addEventListener('keydown', remember, { capture: true });
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, picture } from '../support/browser.ts';
import type { Account } from '../support/demo.ts';
import { pageFindings } from '../support/page-findings.ts';
import words from '../../client/me/locales/zh-CN.ts';
import book from '../../client/me/parts/book/locales/zh-CN.ts';
import { openPhones, type Phones } from './pages/phones.ts';

/** The smallest screen people still carry. */
const SMALL = { width: 360, height: 640 };
const TOUCH = 60;

/** Takes away what browsers learned after Chromium 66; the next page then lives without it. */
const LACKS = () => {
  const learned: readonly (readonly [object, readonly string[]])[] = [
    [
      Array.prototype,
      ['flat', 'flatMap', 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with'],
    ],
    [Object, ['fromEntries', 'hasOwn', 'groupBy']],
    [Map, ['groupBy']],
    [String.prototype, ['replaceAll', 'matchAll', 'at', 'trimStart', 'trimEnd']],
    [Promise, ['allSettled', 'any', 'withResolvers']],
    [AbortSignal, ['timeout', 'any', 'abort']],
    [Intl, ['RelativeTimeFormat', 'ListFormat', 'DisplayNames', 'Segmenter']],
    [Element.prototype, ['replaceChildren']],
    [window, ['queueMicrotask', 'structuredClone', 'requestIdleCallback', 'ResizeObserver']],
  ];
  for (const [from, names] of learned) for (const name of names) Reflect.deleteProperty(from, name);
  Reflect.deleteProperty(Object.getPrototypeOf(crypto) as object, 'randomUUID');
};

/** A grandmother with her grandson's old phone: a small screen, huge text, storage that refuses, a back button. */
describe.skipIf(!hasChromium)('an old phone', () => {
  let phones: Phones;
  let own: Account;
  let neighbour: Account;

  beforeAll(async () => {
    phones = await openPhones();
    ({ own, neighbour } = phones);
  });
  afterAll(() => phones.close());

  const pick = (before?: () => void) => phones.pickUp({ size: SMALL, before });

  const isInView = (page: Page, selector: string) =>
    page.locator(selector).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= -1 && bottom <= innerHeight + 1;
    });

  const huge = () => localStorage.setItem('jishan.me.textSize', 'huge');

  it.each([
    [
      'has no storage',
      () =>
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        }),
    ],
    ['has storage that is null', () => Object.defineProperty(window, 'localStorage', { value: null })],
    [
      'refuses to write',
      () => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    ],
  ])('that %s still opens the account, enlarges the text and forgets it again', async (_, before) => {
    const phone = await pick(before);
    const { page } = phone;
    await phone.openByNumber(own.number, own.pin);
    expect(await phone.balance()).toBe(String(own.balance / 100));
    await page.getByText('这台手机不记东西').waitFor();
    expect(await pageFindings(page, TOUCH)).toEqual([]);
    await picture(page, 'me-forgetful');
    await page.getByRole('button', { name: '知道了' }).click();
    expect(await page.getByText('这台手机不记东西').count()).toBe(0);
    await page.getByRole('button', { name: /^字号/ }).click();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('24px');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('You have', { exact: true }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await phone.forget();
    await page.getByLabel('户号（卡上印着）').waitFor();
    await phone.typeNumber(own.number);
    await phone.typePin(own.pin);
    await phone.opened();
    // Said once is enough.
    expect(await page.getByText('这台手机不记东西').count()).toBe(0);
  });

  it('shows the balance first, however far the pad was scrolled to', async () => {
    const phone = await pick(huge);
    await phone.openByNumber(own.number, own.pin);
    await expect.poll(() => phone.page.evaluate(() => scrollY)).toBe(0);
    expect(await isInView(phone.page, '.balance .figure')).toBe(true);
    await picture(phone.page, 'me-small-huge');
  });

  it('says in view why a PIN was not taken, and takes the right one after it', async () => {
    const phone = await pick(huge);
    const { page } = phone;
    await page.goto(`/me/#c=${neighbour.card}`);
    await page.getByText(words.open.pin).waitFor();
    await phone.typePin(neighbour.pin === '402937' ? '402938' : '402937');
    await page.getByRole('alert').waitFor();
    await expect.poll(() => isInView(page, '[role=alert]')).toBe(true);
    await picture(page, 'me-small-wrong-pin');
    await phone.typePin(neighbour.pin);
    await phone.opened();
  });

  it('steps back with its back button: from a search, the shop, the PIN, a household to be added', async () => {
    const phone = await pick();
    const { page } = phone;
    await page.goto('/me/');
    await phone.typeNumber(own.number);
    await page.getByText(words.open.pin).waitFor();
    await page.goBack();
    await page.getByLabel('户号（卡上印着）').waitFor();
    await phone.typeNumber(own.number);
    await phone.typePin(own.pin);
    await phone.opened();
    const month = page.locator('.month').first();
    const first = page.locator('.balance');
    await phone.show('passbook');

    await page.getByRole('button', { name: '在存折里找' }).click();
    await page.getByRole('search').waitFor();
    await page.goBack();
    await month.waitFor();

    await phone.show('goods');
    await page.locator('.goods li').first().waitFor();
    await page.goBack();
    await first.waitFor();
    expect(await page.locator('.tabs [aria-current]').innerText()).toBe(words.home.home);

    await phone.households();
    await page.goBack();
    await first.waitFor();
    await phone.households();
    await page.getByRole('button', { name: words.households.add }).click();
    await phone.typeNumber(neighbour.number);
    await page.getByRole('radio', { name: '自己家的' }).waitFor();
    await page.goBack();
    await page.getByLabel('户号（卡上印着）').waitFor();
    await page.goBack();
    await first.waitFor();
    expect(await phone.text()).toContain(own.head);
  });

  it('closed by their own buttons they leave no step behind: one press of back leaves the page', async () => {
    const phone = await pick();
    const { page } = phone;
    await page.goto('/board/');
    await phone.openByCard(own.card, own.pin);
    await phone.show('passbook');
    await page.getByRole('button', { name: book.search.open }).click();
    await page.getByRole('button', { name: book.search.close }).click();
    await phone.show('goods');
    await phone.show('home');
    await phone.households();
    await page.getByRole('button', { name: words.households.add }).click();
    await page.getByRole('button', { name: words.households.leave }).click();
    await phone.opened();
    await page.goBack();
    await page.waitForURL('**/board/');
  });

  it('says so when a part of the page cannot be fetched, and fetches it when the network is back', async () => {
    const phone = await pick();
    const { page } = phone;
    await phone.openByCard(own.card, own.pin);
    await page.route('**/assets/GoodsList*', (route) => route.abort());
    await phone.show('goods');
    await page.getByText('连不上服务器').waitFor();
    expect(await pageFindings(page, TOUCH)).toEqual([]);
    await picture(page, 'me-lost-part');
    await page.unroute('**/assets/GoodsList*');
    // Chromium itself complains of the part that did not come.
    phones.windows.at(-1)?.complaints.splice(0);
    await page.getByRole('button', { name: '再试一次' }).click();
    await phone.opened();
    await phone.show('goods');
    await page.locator('.goods li').first().waitFor();
  });

  it('shows a few goods of each kind of reach first, and all of them when asked', async () => {
    const phone = await pick(huge);
    const { page } = phone;
    await phone.openByCard(own.card, own.pin);
    await phone.show('goods');
    const section = page.locator('.goods section').first();
    await section.waitFor();
    expect(await section.locator('li').count()).toBe(8);
    const all = section.getByRole('button', { name: /^看全部 \d+ 样$/ });
    const count = Number(/\d+/.exec(await all.innerText())?.[0]);
    await all.click();
    expect(await section.locator('li').count()).toBe(count);
    expect(await pageFindings(page, TOUCH)).toEqual([]);
    await picture(page, 'me-small-goods', { fullPage: true });
  });

  it('whose browser lacks all that came after Chromium 66 opens, switches, reads and lists all the same', async () => {
    const phone = await pick(LACKS);
    const { page } = phone;
    await phone.openByNumber(own.number, own.pin);
    expect(await page.evaluate(() => [typeof Object.fromEntries, typeof queueMicrotask])).toEqual([
      'undefined',
      'undefined',
    ]);
    expect(await phone.balance()).toBe(String(own.balance / 100));
    await phone.show('passbook');
    await page.locator('.month li').first().waitFor();
    expect(await phone.search(words.kind.opening)).toHaveLength(1);
    await page.goBack();
    await phone.show('goods');
    await page.locator('.goods li').first().waitFor();
    await phone.show('rules');
    await page.locator('.rules li').first().waitFor();
    expect((await phone.phones()).length).toBeGreaterThan(0);
    await phone.forget();
    await page.getByLabel(words.open.number).waitFor();
    await page.goto(`/me/#c=${own.card}`);
    await phone.typePin(own.pin === '402937' ? '402938' : '402937');
    await page.getByRole('alert').waitFor();
  });

  it.each([
    ['normal', 390, 844],
    ['normal', 360, 640],
    ['large', 360, 640],
    ['huge', 360, 640],
    ['huge', 800, 1280],
  ] as const)(
    'in %s text on %i × %i begins with the balance, its things and its voice',
    async (size, width, height) => {
      for (const language of ['zh-CN', 'en']) {
        const phone = await pick();
        const { page } = phone;
        await page.setViewportSize({ width, height });
        await page.addInitScript(
          ([text = '', wanted = '']) => {
            localStorage.setItem('jishan.me.textSize', text);
            localStorage.setItem('jishan.language', wanted);
          },
          [size, language],
        );
        await page.goto(`/me/#c=${neighbour.card}`);
        await page.getByRole('radio').first().check();
        await phone.typePin(neighbour.pin);
        await phone.opened();
        const bar = (await page.locator('.tabs').boundingBox())?.y ?? 0;
        const seen = async (part: string) => {
          const box = await page.locator(part).first().boundingBox();
          return box !== null && box.y >= 0 && box.y + box.height <= bar;
        };
        expect([language, await seen('.balance .figure'), await seen('.balance .thing')]).toEqual([
          language,
          true,
          true,
        ]);
        expect([language, await seen('.balance .speak')]).toEqual([language, true]);
        await page.close();
      }
    },
  );

  it('says something before its program has come, and why it may not come', async () => {
    const phone = await pick();
    const { page } = phone;
    await page.clock.install();
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto('/me/');
    await page.getByText('正在打开……').waitFor();
    const late = page.getByText('还没有打开？');
    expect(await late.isVisible()).toBe(false);
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
    await late.waitFor();
    await page.getByText('带上农户卡到超市').first().waitFor();
    await picture(page, 'me-too-old');
    phones.windows.pop();
  });

  it('no page complained or asked another host', () => {
    expect(phones.complaints()).toEqual([]);
  });
});

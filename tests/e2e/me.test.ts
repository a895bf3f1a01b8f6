import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, picture } from '../support/browser.ts';
import type { Account } from '../support/demo.ts';
import { pageFindings } from '../support/page-findings.ts';
import { speak } from '../support/views.ts';
import words from '../../client/me/locales/zh-CN.ts';
import ofPhone from '../../client/me/parts/phone/locales/zh-CN.ts';
import type { Phone } from './pages/phone.ts';
import { openPhones, type Phones } from './pages/phones.ts';

const WECHAT =
  'Mozilla/5.0 (Linux; Android 11; PCRM00 Build/RKQ1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
  'Chrome/87.0.4280.141 Mobile Safari/537.36 MMWEBID/4281 MicroMessenger/8.0.40.2420(0x28002855) WeChat/arm64';
const TOUCH = 60;

/** A phone on which nothing is read aloud but everything is noted. */
const SPEAKS = () => {
  const said: string[] = [];
  Object.defineProperty(window, 'said', { value: said });
  Object.defineProperty(window, 'speechSynthesis', {
    value: {
      getVoices: () => [{ lang: 'zh-CN' }],
      cancel: () => undefined,
      speak: (words: { text: string }) => said.push(words.text),
    },
  });
  class Words {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Words });
};

describe.skipIf(!hasChromium)('a household’s phone', () => {
  let phones: Phones;
  let own: Account;
  let neighbour: Account;

  beforeAll(async () => {
    phones = await openPhones();
    ({ own, neighbour } = phones);
  });
  afterAll(() => phones.close());

  const pick = (userAgent?: string) => phones.pickUp({ userAgent });
  const points = (hundredths: number) => String(hundredths / 100);
  const title = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

  describe('in WeChat’s browser', () => {
    let phone: Phone;

    it('opens by number and PIN, shows the balance and the newest month, and is remembered', async () => {
      phone = await pick(WECHAT);
      await phone.page.addInitScript(() => {
        Object.defineProperty(window, 'speechSynthesis', { value: undefined });
      });
      await phone.openByNumber(own.number, own.pin);
      expect(await phone.balance()).toBe(points(own.balance));
      await phone.show('passbook');
      const [newest = '', earlier = ''] = own.months;
      expect(await phone.month(title(newest)).getAttribute('aria-expanded')).toBe('true');
      expect(await phone.month(title(earlier)).getAttribute('aria-expanded')).toBe('false');
      await phone.page.reload();
      await phone.opened();
      expect(await phone.balance()).toBe(points(own.balance));
      expect(await pageFindings(phone.page, TOUCH)).toEqual([]);
      await picture(phone.page, 'me-wechat');
    });

    it('offers no reading aloud, because this browser has no voice', async () => {
      expect(await phone.page.locator('.speak').count()).toBe(0);
    });

    it('unfolds a month: each line says why, when, who booked it, and what was left', async () => {
      await phone.show('passbook');
      const [, earlier = ''] = own.months;
      await phone.month(title(earlier)).click();
      const month = phone.page.locator('.month', { has: phone.month(title(earlier)) });
      const line = month.locator('li').first();
      await line.waitFor();
      expect(await line.innerText()).toMatch(/\d{4}年\d+月\d+日[^]*经办 .+[^]*这笔之后余额 [\d.,−]+/);
      const inHead = /(\d+) 笔/.exec(await phone.month(title(earlier)).innerText())?.[1];
      expect(await month.locator('li').count()).toBe(Number(inHead));
    });

    it('finds a line by a word and by a kind, in all of the book', async () => {
      const oldest = await phone.search(words.kind.opening);
      expect(oldest).toHaveLength(1);
      const awards = await phone.search('加分');
      expect(awards.length).toBeGreaterThan(0);
      const [some = ''] = awards;
      const word = some.slice(-3);
      for (const found of await phone.search(word)) expect(found).toContain(word);
      expect(await phone.search('没有这样的事')).toEqual([]);
      expect(await pageFindings(phone.page, TOUCH)).toEqual([]);
      await picture(phone.page, 'me-search');
      await phone.page.getByRole('button', { name: '不找了' }).click();
    });

    it('shows what the shop has, affordable first, and how far it is to a goal, kept on the server', async () => {
      const { page } = phone;
      await phone.show('goods');
      const heads = page.locator('.goods h2');
      await heads.first().waitFor();
      expect(await heads.allInnerTexts()).toEqual([
        expect.stringMatching(/^现在够换的/),
        expect.stringMatching(/^再攒一攒/),
      ]);
      expect(await pageFindings(page, TOUCH)).toEqual([]);
      const dear = page.locator('.goods section').nth(1).locator('li').first();
      const name = await dear.locator('.name').innerText();
      const price = Number(/(\d+) 分/.exec(await dear.innerText())?.[1]);
      await dear.getByRole('button').click();
      const goal = page.getByRole('region', { name: '攒分目标' });
      const toGo = `再攒 ${String(price - own.balance / 100)} 分换${name}`;
      await goal.getByText(toGo).waitFor();
      await picture(page, 'me-goal');
      await page.reload();
      await goal.getByText(toGo).waitFor();
      const progress = goal.getByRole('progressbar');
      expect(Number(await progress.getAttribute('value'))).toBeCloseTo(own.balance / 100 / price, 1);
    });
  });

  describe('that helps a neighbour', () => {
    let phone: Phone;

    it('asks whose household it is, says why the keys are not there yet, and what the password means', async () => {
      phone = await pick(WECHAT);
      await phone.openByCard(own.card, own.pin);
      await phone.households();
      await phone.page.getByRole('button', { name: words.households.add }).click();
      await phone.typeNumber(neighbour.number);
      await phone.page.getByText(words.whose.chooseFirst).waitFor();
      expect(await phone.page.getByRole('button', { name: '1', exact: true }).count()).toBe(0);
      await phone.page.getByRole('radio', { name: '帮邻居看' }).check();
      await phone.page.getByText('就是同意您帮着看').waitFor();
      await phone.page.getByText(words.whose.nameFirst).waitFor();
      expect(await phone.page.getByRole('button', { name: '1', exact: true }).count()).toBe(0);
      await phone.page.getByLabel(/您的姓名/).fill('李大嫂');
      expect(await pageFindings(phone.page, TOUCH)).toEqual([]);
      await picture(phone.page, 'me-helper');
      await phone.typePin(neighbour.pin);
      await phone.opened();
      await phone.page.getByText('李大嫂在帮这家看：只能看，不能改。').waitFor();
      expect(await phone.balance()).toBe(points(neighbour.balance));
    });

    it('only looks: no goal to set, no phones to see', async () => {
      const { page } = phone;
      await phone.households();
      expect(await page.getByRole('button', { name: ofPhone.phones.title }).count()).toBe(0);
      await phone.show('goods');
      await page.locator('.goods li').first().waitFor();
      expect(await page.locator('.goods li button').count()).toBe(0);
    });

    it('goes from one household to the other', async () => {
      await phone.switchTo(own.head);
      await phone.page.getByText(`户号 ${own.number}`).waitFor();
      expect(await phone.balance()).toBe(points(own.balance));
      await phone.switchTo(neighbour.head);
      await phone.page.getByText(`户号 ${neighbour.number}`).waitFor();
    });

    it('is seen by the household, which ends it at once', async () => {
      const theirs = await pick();
      await theirs.openByCard(neighbour.card, neighbour.pin);
      const listed = await theirs.phones();
      const helping = listed.find((row) => row.includes('李大嫂帮着看')) ?? '';
      expect(helping).toMatch(/安卓手机 · 微信[^]*从 .+ 起，到 .+ 自动停/);
      expect(await pageFindings(theirs.page, TOUCH)).toEqual([]);
      await theirs.endPhone('李大嫂帮着看');
      await phone.comeBack();
      await phone.page.getByText(`户号 ${own.number}`).waitFor();
      expect(await phone.page.getByRole('alert').innerText()).toContain(
        `${neighbour.head}家在这台手机上看不了了`,
      );
      await phone.households();
      expect(await phone.page.locator('.households nav li').count()).toBe(1);
      expect(await phone.text()).not.toContain(`户号 ${neighbour.number}`);
      const kept = await phone.page.evaluate(() => JSON.stringify(localStorage));
      expect(kept).not.toContain(neighbour.head);
    });

    it('forgets a household when told to, and the server with it', async () => {
      const before = (await phone.phones()).length;
      await phone.forget();
      await phone.page.getByLabel('户号（卡上印着）').waitFor();
      expect(await phone.page.evaluate(() => JSON.stringify(localStorage))).not.toContain(own.head);
      await phone.openByCard(own.card, own.pin);
      expect(await phone.phones()).toHaveLength(before);
    });
  });

  it('reads the balance and each line aloud on a tap, and stops on another', async () => {
    const phone = await pick();
    await phone.page.addInitScript(SPEAKS);
    await phone.openByCard(own.card, own.pin);
    const said = () => phone.page.evaluate(() => (window as unknown as { said: string[] }).said);
    await phone.page.getByRole('button', { name: '念给我听' }).click();
    expect(await said()).toEqual([
      expect.stringMatching(`^${own.head}家，有 ${points(own.balance)} 分，(?:够换|再攒).*\\d`),
    ]);
    await phone.page.getByRole('button', { name: '停', exact: true }).click();
    expect(await said()).toHaveLength(1);
    await phone.page.locator('.line .speak').first().click();
    expect((await said()).at(-1)).toMatch(
      /^\d{4}年\d+月\d+日。.+(?:加|减) [\d.,]+ 分。这笔之后余额 [\d.,]+$/,
    );
  });

  it('without the network shows what was seen last, with its time, and never as what is now', async () => {
    const phone = await pick();
    const { page } = phone;
    await phone.openByCard(own.card, own.pin);
    const api = '**/api/v1/**';
    await page.route(api, (route) => route.abort());
    for (const act of [() => phone.comeBack(), () => page.reload()]) {
      await act();
      await page.getByText('上次看到的余额').waitFor();
      await page.getByText(/^\d{4}年\d+月\d+日 \d\d:\d\d 看到的，现在可能变了$/).waitFor();
      expect(await phone.balance()).toBe(points(own.balance));
      expect(await page.locator('.balance:not(.old)').count()).toBe(0);
      await page.getByText('连不上服务器').waitFor();
    }
    expect(await pageFindings(page, TOUCH)).toEqual([]);
    await picture(page, 'me-offline');
    await page.unroute(api);
    await page.getByRole('button', { name: '再试一次' }).click();
    await phone.opened();
    expect(await page.getByText('上次看到的余额').count()).toBe(0);
  });

  it.each([
    ['zh-CN', 'huge'],
    ['en', 'normal'],
    ['en', 'huge'],
  ])('stands in %s at %s size: every screen, nothing cut off, all of it to press', async (language, size) => {
    const phone = await pick();
    const { page } = phone;
    await page.addInitScript((wanted) => localStorage.setItem('jishan.language', wanted), language);
    await page.goto('/me/');
    const sizes = page.getByRole('button', { name: /^(?:字号|Text)/ });
    await sizes.waitFor();
    if (size === 'huge') for (let presses = 0; presses < 2; presses += 1) await sizes.click();
    const root = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    expect(await root()).toBe(size === 'huge' ? '30px' : '18px');
    const look = async (name: string) => {
      expect(await pageFindings(page, TOUCH), name).toEqual([]);
      await picture(page, `me-${name}-${language}-${size}`);
    };
    await look('open');
    await page.goto(`/me/#c=${own.card}`);
    await page.getByRole('radio').nth(1).check();
    await look('whose');
    await page.getByRole('radio').first().check();
    await phone.typePin(own.pin);
    await page.locator('.line').first().waitFor();
    await look('home');
    await phone.show('passbook');
    await page.locator('.month li').first().waitFor();
    await look('passbook');
    await phone.show('goods');
    await page.locator('.goods li').first().waitFor();
    await look('goods');
    await phone.show('rules');
    await page.locator('.rules li').first().waitFor();
    await page.locator('.rules button[aria-expanded]').click();
    await look('rules');
    // Those that old people can do stand first, by themselves.
    expect(await page.locator('.rules section').first().locator('li').count()).toBe(5);
    await page.locator('.home header button').click();
    await page.locator('.phone button[aria-expanded]').click();
    await page.locator('.phones li').first().waitFor();
    await look('phones');
    await page.reload();
    await page.locator('.line').first().waitFor();
    expect(await root()).toBe(size === 'huge' ? '30px' : '18px');
  });

  it('a wrong PIN says how many tries are left, and that no points moved', async () => {
    const phone = await pick();
    await phone.page.goto(`/me/#c=${neighbour.card}`);
    await phone.typePin(neighbour.pin === '402937' ? '402938' : '402937');
    await phone.page.getByRole('alert').waitFor();
    expect(await phone.page.getByRole('alert').innerText()).toMatch(/4/);
    await phone.typePin(neighbour.pin);
    await phone.opened();
  });

  it.each(['large', 'huge'])(
    'shows every key for the password on the first screen, in %s text too',
    async (size) => {
      const phone = await phones.pickUp({ size: { width: 360, height: 640 } });
      const { page } = phone;
      await page.addInitScript((wanted) => localStorage.setItem('jishan.me.textSize', wanted), size);
      await page.goto(`/me/#c=${own.card}`);
      const zero = page.getByRole('button', { name: '0', exact: true });
      await zero.waitFor();
      expect(await page.evaluate(() => window.scrollY)).toBe(0);
      const box = await zero.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
      await picture(page, `me-keys-${size}`);
    },
  );

  it('asks for the number where the card was revoked, and says so', async () => {
    const phone = await pick();
    const { page } = phone;
    const detail = '这张卡已经作废，没有办理，积分没有变动。请用新卡；没有新卡，就输户号。';
    const problem = { type: 'urn:jishan:problem:card.revoked', title: '此卡已作废', status: 409, detail };
    await page.route('**/api/v1/me/session', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        json: { ...problem, code: 'card.revoked', kind: 'refused', moved: 'no', params: {}, requestId: 'r' },
      }),
    );
    await page.goto(`/me/#c=${own.card}`);
    await phone.typePin(own.pin);
    await page.getByText('没有新卡，就输户号').waitFor();
    await page.unroute('**/api/v1/me/session');
    await phone.typeNumber(own.number);
    await phone.typePin(own.pin);
    await phone.opened();
  });

  it('calls the window by what is open, in the language of the page, and never by whom it is about', async () => {
    const phone = await pick();
    const { page } = phone;
    const called = (wanted: string) => expect.poll(() => page.title()).toBe(wanted);
    await page.goto('/me/');
    await page.getByLabel('户号（卡上印着）').waitFor();
    await called('我的积分 · 积善');
    await phone.typeNumber(own.number);
    await called(`${words.open.pin} · 我的积分 · 积善`);
    await phone.typePin(own.pin);
    await phone.opened();
    await called('首页 · 我的积分 · 积善');
    await phone.show('passbook');
    await called('存折 · 我的积分 · 积善');
    await phone.show('goods');
    await called('超市 · 我的积分 · 积善');
    await speak(page, 'en');
    await called('Shop · My points · Jishan');
  });

  it('no phone complained or asked another host', () => {
    expect(phones.complaints()).toEqual([]);
  });
});

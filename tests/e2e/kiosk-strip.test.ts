/** The bar says whether the network is there, what waits for it, and how it came out. */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/kiosk/outbox/locales/zh-CN.ts';
import type { KeptAnswer, KeptRow } from '../../client/outbox/outbox-disk.ts';
import { API_BASE } from '../../shared/api-base.ts';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import { readRowFile } from '../../shared/outbox/row-file.ts';
import { hasChromium, picture } from '../support/browser.ts';
import { findings } from '../support/measure.ts';
import { lookAt, speak } from '../support/views.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import { leaveRows } from './pages/rows-left.ts';

const { strip, device } = words;
const DEVICE = 'A'.repeat(43);
const SIGNATURE = 'B'.repeat(86);
const MINUTE = 60_000;

describe.skipIf(!hasChromium)('the strip of a counter', () => {
  let counter: Counter;
  let context: BrowserContext;
  let page: Page;
  let goods: { id: string; name: string; unit: string; price: number }[];

  beforeAll(async () => {
    counter = await openCounter();
    ({ page, context } = counter);
    await counter.admin('PATCH', '/village', { settings: { withoutNetworkHundredths: 6000 } });
    const { items } = (await counter.admin('GET', '/goods')) as { items?: typeof goods };
    goods = items ?? [];
    await counter.kiosk.signIn(counter.logins.volunteer.name, counter.logins.volunteer.pin);
  });
  afterAll(() => counter.close());
  afterEach(async () => {
    await context.setOffline(false);
    await page.unroute(`**${API_BASE}/**`);
  });

  const banner = () => page.getByRole('banner');
  const opener = (text: string) => banner().getByRole('button', { name: new RegExp(text) });
  const isOffline = () => banner().getByText('没有网络').first();

  function row(
    number: number,
    lines: readonly [index: number, quantity: number][],
    answer: KeptAnswer | null = null,
    minutesAgo = 20 - number,
  ): KeptRow {
    const chosen = lines.map(([index, quantity]) => ({ ...goods[index], quantity }));
    const points = chosen.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0);
    const body: RowBodies['kiosk.redeem'] = {
      ...{ householdId: 'h', householdNumber: `0${String(60 + number)}`, points, balance: 20_000 },
      lines: chosen.map(({ id = '', name = '', unit = '', price = 0, quantity }) => ({
        ...{ goodsId: id, name, unit, quantity, price },
      })),
      ...{ presence: { cardIssuedAtMs: 1 }, pinProof: null, vouchProofs: [] },
    };
    const atMs = Date.now() - minutesAgo * MINUTE;
    return {
      row: {
        ...{ device: DEVICE, number, key: `row-key-${String(number)}`, kind: 'kiosk.redeem' },
        ...{ body: JSON.stringify(body), shift: 's', atMs, offsetMs: 0, copy: 1 },
        ...{ before: '0'.repeat(64), hash: 'a'.repeat(64), signature: SIGNATURE },
        done: { how: 'here', atMs, entry: null, signature: SIGNATURE },
      },
      answer,
    };
  }

  async function reopenWith(rows: readonly KeptRow[]): Promise<void> {
    // The counter would write down the answers to the rows that it had.
    await page.goto('/icon.svg');
    await leaveRows(page, rows);
    await page.goto('/kiosk/');
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    // English is fetched while there is a network.
    await speak(page, 'en');
    await speak(page, 'zh-CN');
  }

  it('says within five seconds that the server has fallen silent, and within five that it is back', async () => {
    const held: Route[] = [];
    // A network that swallows everything: nothing is refused, and nothing comes back.
    await page.route(`**${API_BASE}/**`, (route) => void held.push(route));
    let startedMs = performance.now();
    await isOffline().waitFor({ timeout: 5000 });
    const lostMs = performance.now() - startedMs;
    await page.unroute(`**${API_BASE}/**`);
    await Promise.all(held.map((route) => route.abort().catch(() => undefined)));
    startedMs = performance.now();
    await isOffline().waitFor({ state: 'detached', timeout: 5000 });
    const backMs = performance.now() - startedMs;
    console.log(`silence seen after ${Math.round(lostMs)} ms, return after ${Math.round(backMs)} ms`);
  });

  it('asks a living server for little', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.waitForTimeout(10_000);
    page.removeAllListeners('request');
    expect(asked.filter((path) => path.endsWith('/health')).length).toBeGreaterThanOrEqual(4);
    expect(asked.length).toBeLessThanOrEqual(7);
  });

  it('lists what waits: when, which household, what, how many points', async () => {
    await reopenWith([
      row(1, [
        [0, 1],
        [1, 2],
      ]),
      row(2, [[2, 1]]),
      row(3, [
        [3, 3],
        [4, 1],
        [0, 1],
      ]),
    ]);
    await context.setOffline(true);
    await opener(strip.offline.yes).waitFor();
    await opener('3 笔等着送出').click();
    await page.getByText('063 户').waitFor();
    await page.getByText(strip.why.yes).waitFor();
    const panel = page.getByRole('region', { name: '3 笔等着送出' });
    expect(await panel.getByRole('listitem').count()).toBe(3);
    expect(await lookAt(page, 'kiosk-strip-rows', { sizes: ['kiosk'], touch: 60 })).toEqual([]);
    await page.setViewportSize({ width: 800, height: 1280 });
    await picture(page, 'kiosk-strip-rows-portrait');
    expect(await findings(page, { touch: 60 })).toEqual([]);
    await page.setViewportSize({ width: 1024, height: 600 });
    await page.keyboard.press('Escape');
    await page.getByText('063 户').waitFor({ state: 'detached' });
    expect(await opener(strip.offline.yes).evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('bears two thousand rows', async () => {
    await reopenWith(Array.from({ length: 2000 }, (_, n) => row(n + 1, [[n % 5, 1]], null, 2000 - n)));
    await context.setOffline(true);
    await opener('2,000 笔等着送出').click();
    await page.getByText('还有更早的 1,950 条').waitFor();
    await picture(page, 'kiosk-strip-many');
    await page.keyboard.press('Escape');
  });

  it('says that nothing is handed out where the village has not agreed', async () => {
    await counter.admin('PATCH', '/village', { settings: { withoutNetworkHundredths: null } });
    await reopenWith([]);
    await context.setOffline(true);
    await opener(strip.offline.off).click();
    await page.getByText(strip.why.off).waitFor();
    expect(await lookAt(page, 'kiosk-strip-off', { sizes: ['kiosk'], touch: 60 })).toEqual([]);
    await context.setOffline(false);
    await counter.admin('PATCH', '/village', { settings: { withoutNetworkHundredths: 6000 } });
  });

  it('tells how it came out, until somebody has seen it', async () => {
    const booked = { answer: 'late', entry: 7, marks: [], code: null } as const;
    const said = {
      zh: { title: '签名不对', detail: '没有记账。' },
      en: { title: 'The signature is wrong', detail: 'It was not booked.' },
    };
    const marked = { ...booked, marks: ['redemption.pin_needed', 'goods.price_changed'] };
    const refused = { answer: 'refused', entry: null, marks: [], code: 'outbox.signature', said } as const;
    await reopenWith([row(1, [[0, 1]], booked), row(2, [[1, 1]], booked)]);
    await opener('断网时的 2 笔都入账了').waitFor();
    await reopenWith([row(1, [[0, 1]], booked), row(2, [[1, 1]], marked)]);
    await opener('断网时的 2 笔入账了，1 笔要村里看一看').click();
    await page.getByText('没核对密码；价格已经改过').waitFor();
    expect(await lookAt(page, 'kiosk-strip-told', { sizes: ['kiosk'], touch: 60 })).toEqual([]);
    await page.getByRole('button', { name: strip.seen }).click();
    await opener('断网时').waitFor({ state: 'detached' });
    await reopenWith([row(1, [[0, 1]], booked), row(2, [[1, 1]], marked), row(3, [[2, 1]], refused)]);
    await opener('断网时有 1 笔没有入账').click();
    await page.getByText('签名不对').waitFor();
    await picture(page, 'kiosk-strip-refused');
    await page.getByRole('button', { name: strip.seen }).click();
    await page.reload();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    expect(await opener('断网时').count()).toBe(0);
  });

  it('shows this device: whether the browser keeps it, its clock, its rows, and saves them to a file', async () => {
    const rows = [row(1, [[0, 1]]), row(2, [[1, 1]])];
    await reopenWith(rows);
    await page.getByRole('button', { name: /^当班/ }).click();
    await page.getByText(device.clockRight).waitFor();
    await page.getByText('2 条在这台上，2 条还没送出').waitFor();
    expect(await lookAt(page, 'kiosk-device', { sizes: ['kiosk'], touch: 60 })).toEqual([]);
    await page.getByRole('button', { name: device.save }).scrollIntoViewIfNeeded();
    await picture(page, 'kiosk-device-below');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: device.save }).click(),
    ]);
    const file = readRowFile(readFileSync(await download.path(), 'utf8'));
    expect(file).toMatchObject({ isCut: false, spoilt: [] });
    expect(file.rows).toEqual(rows.map((kept) => kept.row));
    expect(file.head?.village).not.toBe('');
    await page.keyboard.press('Escape');
  });

  it('saves the file by itself when the shift ends', async () => {
    await reopenWith([row(1, [[0, 1]]), row(2, [[1, 1]]), row(3, [[1, 1]])]);
    await page.getByRole('button', { name: /^当班/ }).click();
    await page.getByRole('button', { name: '交班' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^(交班，我下班了|不数，直接交班)$/ }).click(),
    ]);
    expect(readRowFile(readFileSync(await download.path(), 'utf8')).rows).toHaveLength(3);
    await counter.kiosk.signIn(counter.logins.volunteer.name, counter.logins.volunteer.pin);
  });

  it('says that the clock of the device is wrong, and what to do', async () => {
    await leaveRows(page, []);
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() - 3 * 3_600_000;
    });
    await page.reload();
    await opener('这台设备的钟慢了 3 小时').click();
    await page.getByText('请在系统设置里把时间调对').waitFor();
    expect(await lookAt(page, 'kiosk-clock', { sizes: ['kiosk'], touch: 60 })).toEqual([]);
    await page.keyboard.press('Escape');
    await speak(page, 'zh-CN');
  });
});

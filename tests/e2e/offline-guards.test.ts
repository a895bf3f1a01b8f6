/** Guards that a counter keeps by itself: a slow server, the own household, the end of a shift, a household's day. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import zh from '../../client/kiosk/locales/zh-CN.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { hasChromium, picture } from '../support/browser.ts';
import { type Counter, openCounter } from './pages/counter.ts';

/** One pen is half of what a household is handed out in a day without network. */
const PEN_HUNDREDTHS = 500;
const SLOW_MS = 6000;
const { notice, signIn } = zh;

declare global {
  /** The device's clock is ahead of the right one by so much. */
  var clockAheadMs: number | undefined;
}

describe.skipIf(!hasChromium)('a counter that cannot ask', () => {
  let counter: Counter;
  let page: Page;
  let card: string;
  let ownCard: string;

  beforeAll(async () => {
    counter = await openCounter({
      penPriceHundredths: PEN_HUNDREDTHS,
      before: () => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + (globalThis.clockAheadMs ?? 0);
      },
    });
    ({ page } = counter);
    const { admin, logins, kiosk } = counter;
    await admin('PATCH', '/village', { settings: { withoutNetworkHundredths: 2 * PEN_HUNDREDTHS } });
    const [own] = logins.households;
    ownCard = own?.card ?? '';
    const { items: found = [] } = (await admin('GET', `/households?q=${own?.number ?? ''}`)) as {
      items?: { id: string; number: string }[];
    };
    const { items: volunteers = [] } = (await admin('GET', '/volunteers')) as {
      items?: { id: string; name: string }[];
    };
    const volunteer = volunteers.find(({ name }) => name === logins.volunteer.name);
    const household = found.find(({ number }) => number === own?.number);
    await admin('PATCH', `/volunteers/${volunteer?.id ?? ''}`, { householdIds: [household?.id] });
    card = logins.households[1]?.card ?? '';
    const copied = page.waitForResponse((response) => response.url().includes('/kiosk/copy'));
    await page.reload();
    await copied;
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
  });
  afterAll(() => counter.close());

  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  it('serves though each answer takes six seconds', async () => {
    const { kiosk, pens } = counter;
    await page.route(`**${API_BASE}/**`, async (route) => {
      if (route.request().method() === 'POST') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      await route.continue().catch(() => undefined);
    });
    await kiosk.scanCard(card);
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await picture(page, 'offline-guards-slow');
    await page.getByRole('button', { name: /^(确认兑换|先换走)/ }).click();
    await heading('已记在本机').waitFor({ timeout: 10_000 });
    await picture(page, 'offline-guards-slow-done');
    await kiosk.next();
    await page.unroute(`**${API_BASE}/**`);
    const late = async () => (await counter.admin('GET', '/outbox/late?open=false')) as { items: unknown[] };
    await expect.poll(async () => (await late()).items.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
  });

  it('hands nothing out to the own household that was looked up before the network went', async () => {
    const { kiosk, pens } = counter;
    await kiosk.scanCard(ownCard);
    // Files still come: without a service worker the one that checks PINs is not on the device.
    await page.route(`**${API_BASE}/**`, (route) => route.abort());
    await page.getByText('没有网络').first().waitFor({ timeout: 10_000 });
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await page.getByRole('button', { name: /^先换走/ }).click();
    await page.getByText(notice.ownHousehold.title).waitFor();
    await picture(page, 'offline-guards-own');
    await page.getByRole('button', { name: '换一户' }).click();
  });

  it('ends the shift after half an hour without anybody, and begins another by the PIN', async () => {
    const { kiosk, pens, logins } = counter;
    await kiosk.scanCard(card);
    await kiosk.scan(pens);
    await page.getByRole('button', { name: /^先换走/ }).click();
    await heading('已记在本机').waitFor();
    await kiosk.next();
    await page.evaluate(() => (globalThis.clockAheadMs = 31 * 60_000));
    await page.getByText(signIn.over.idle).waitFor({ timeout: 10_000 });
    await picture(page, 'offline-guards-shift-over');
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
  });

  it('gives no household another day by a clock that is set ahead', async () => {
    const { kiosk, pens, logins } = counter;
    await page.evaluate(() => (globalThis.clockAheadMs = 25 * 3_600_000));
    await page.getByText(signIn.over.long).waitFor({ timeout: 10_000 });
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    await kiosk.scanCard(card);
    await kiosk.scan(pens);
    await page.getByText(notice.needsNetwork.detail).waitFor();
    expect(await kiosk.pieces()).toBe(0);
    await picture(page, 'offline-guards-day');
  });
});

/** A shift ends with counts in a few taps, and the next volunteer agrees with them, counts anew or leaves it. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { station } from '../../client/kiosk/locales/zh-CN/station.ts';
import words from '../../client/kiosk/shifts/locales/zh-CN.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { readRowFile } from '../../shared/outbox/row-file.ts';
import { hasChromium, picture } from '../support/browser.ts';
import { demoStaff } from '../support/demo-village.ts';
import { findings, measure } from '../support/measure.ts';
import { speak } from '../support/views.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import type { Kiosk } from './pages/kiosk.ts';

const { shiftEnd, count, takeOver } = words;
const SIZES = { small: [1024, 600], large: [1280, 800], upright: [800, 1280] } as const;

describe.skipIf(!hasChromium)('a change of shift', () => {
  let counter: Counter;
  let page: Page;
  let kiosk: Kiosk;

  beforeAll(async () => {
    counter = await openCounter();
    ({ page, kiosk } = counter);
    await counter.onDuty();
    await button('换一户').click();
  });
  afterAll(() => counter.close());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const rows = () => page.locator('li:has(.steps)');

  async function openEnd(): Promise<void> {
    await button(/^当班：/).click();
    await button('交班').click();
    await page.getByRole('heading', { name: shiftEnd.title }).waitFor();
    await rows().first().waitFor();
  }

  /** Looks at the present screen at the sizes of kiosks, in both languages. */
  async function look(name: string): Promise<string[]> {
    const found: string[] = [];
    for (const language of ['zh-CN', 'en']) {
      await speak(page, language);
      for (const [size, [width, height]] of Object.entries(SIZES)) {
        await page.setViewportSize({ width, height });
        await picture(page, `${name}-${size}-${language}`);
        const isJudged = size === 'small' && language === 'zh-CN';
        const wrong = await (isJudged ? findings : measure)(page, { touch: 60 });
        found.push(...wrong.map((what) => `${name}-${size}-${language}: ${what}`));
      }
    }
    await speak(page, 'zh-CN');
    await page.setViewportSize({ width: 1024, height: 600 });
    return found;
  }

  async function signIn(): Promise<void> {
    const { name, pin } = counter.logins.volunteer;
    await button(name).click();
    await kiosk.pressDigits(pin);
  }

  it('asks for a few goods that go out most, and one tap says that an item is right', async () => {
    await openEnd();
    const items = await rows().count();
    expect(items).toBeGreaterThan(2);
    expect(items).toBeLessThanOrEqual(8);
    expect(await button(shiftEnd.goUncounted).count()).toBe(1);
    await rows()
      .nth(0)
      .getByRole('button', { name: /跟账上一样$/ })
      .click();
    expect(await button(shiftEnd.go).count()).toBe(1);
    // Two pieces less than the book says, and the reason is asked for before the shift ends.
    const less = rows()
      .nth(1)
      .getByRole('button', { name: /^少一件/ });
    await less.click();
    await less.click();
    await rows().nth(1).getByText('少 2').waitFor();
    expect(await look('kiosk-shift-end')).toEqual([]);
  });

  it('keeps what was counted while somebody is at the shelf, and when a card comes between', async () => {
    await kiosk.scanCard(counter.logins.households[0]?.card ?? '');
    await button('换一户').click();
    await openEnd();
    await rows().nth(1).getByText('少 2').waitFor();
  });

  it('asks why an item differs, takes a typed number too, and ends with both', async () => {
    const third = rows().nth(2);
    await third.getByRole('button', { name: /点开输数$/ }).click();
    const dialog = page.getByRole('dialog');
    for (const digit of '999') await dialog.getByRole('button', { name: digit, exact: true }).click();
    await dialog.getByText(count.why).waitFor();
    expect(await look('kiosk-shift-why')).toEqual([]);
    await dialog.getByRole('button', { name: count.done }).click();
    await button(shiftEnd.go).click();
    // The first difference without a reason, and then the next.
    await dialog.getByRole('button', { name: count.reason.gave_more }).click();
    await dialog.getByRole('button', { name: count.reason.other }).click();
    await dialog.getByLabel(count.remark).fill('昨天新到的还没入库');
    await dialog.getByRole('button', { name: count.done }).click();
    await page.getByText('今天谁当班？').waitFor();
  });

  it('shows the next volunteer what was left; agreeing is one tap, sent once though the answer is lost', async () => {
    await signIn();
    await page.getByRole('heading', { name: takeOver.title }).waitFor();
    await page.getByText('昨天新到的还没入库').waitFor();
    await page.getByText(count.uncounted).first().waitFor();
    expect(await look('kiosk-take-over')).toEqual([]);
    const keys: string[] = [];
    const place = `**${API_BASE}/kiosk/shift/handover`;
    await page.route(place, async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      await route.fetch();
      await route.abort();
    });
    await button(takeOver.agree).click();
    await page.locator('.notice').first().waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.route(place, async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      await route.continue();
    });
    await button(takeOver.agree).click();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('ends without counting in two taps, and then asks nothing of the next', async () => {
    await openEnd();
    await button(shiftEnd.goUncounted).click();
    await page.getByText('今天谁当班？').waitFor();
    await signIn();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await page.waitForTimeout(300);
    expect(await page.getByRole('heading', { name: takeOver.title }).count()).toBe(0);
  });

  it('lets whoever begins count anew, and a card of a household goes before all that', async () => {
    await openEnd();
    await rows()
      .nth(0)
      .getByRole('button', { name: /跟账上一样$/ })
      .click();
    await button(shiftEnd.go).click();
    await page.getByText('今天谁当班？').waitFor();
    await signIn();
    await page.getByRole('heading', { name: takeOver.title }).waitFor();
    await kiosk.scanCard(counter.logins.households[0]?.card ?? '');
    await button('换一户').click();
    await page.getByRole('heading', { name: takeOver.title }).waitFor();
    await button(takeOver.recount).click();
    await rows()
      .nth(0)
      .getByRole('button', { name: /^多一件/ })
      .click();
    await button(takeOver.save).click();
    await page.getByRole('dialog').getByRole('button', { name: count.reason.unknown }).click();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
  });

  it('counts by what the device knows when the server is gone, and says so', async () => {
    await page.route(`**${API_BASE}/kiosk/shift/counts`, (route) => route.abort());
    await openEnd();
    expect(await rows().count()).toBeGreaterThan(0);
    await picture(page, 'kiosk-shift-end-offline');
    await page.unrouteAll({ behavior: 'wait' });
    await button(shiftEnd.stay).click();
  });

  it('asks whoever takes over at a locked screen to count, and saves the rows to a file', async () => {
    const own = '739104';
    const approver = await demoStaff(counter.program, counter.logins, 'approver');
    const { volunteer, pin: currentPin } = (await counter.admin('POST', '/volunteers', {
      name: '李接班',
    })) as { volunteer: { id: string }; pin: string };
    await approver('POST', `/volunteers/${volunteer.id}/confirmation`, { currentPin, pin: own });
    await page.reload();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await kiosk.scanCard(counter.logins.households[0]?.card ?? '');
    await kiosk.scan(counter.pens);
    await kiosk.confirm();
    await kiosk.next();
    await button(/^当班：/).click();
    await button(station.lock.go).click();
    await page.getByRole('heading', { name: station.lock.title }).waitFor();
    await button('李接班').click();
    const saving = page.waitForEvent('download');
    await kiosk.pressDigits(own);
    await page.getByRole('heading', { name: takeOver.titleUncounted }).waitFor();
    const file = readRowFile(readFileSync(await (await saving).path(), 'utf8'));
    expect(file.rows.map(({ kind }) => kind)).toContain('kiosk.redeem');
    await page.getByText(`${counter.logins.volunteer.name} 走的时候没有数货`).waitFor();
    expect(await look('kiosk-take-over-uncounted')).toEqual([]);
    expect(await button(takeOver.save).isDisabled()).toBe(true);
    await rows()
      .nth(0)
      .getByRole('button', { name: /跟账上一样$/ })
      .click();
    await button(takeOver.save).click();
    await page.getByRole('heading', { name: '请刷卡' }).waitFor();
    await button(/^当班：李接班/).waitFor();
  });
});

/** Presence, PINs and second persons cost everyday work not one tap: an award's three are counted in award.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openWindow } from '../support/browser.ts';
import { PIN_ABOVE_AT_FIRST } from '../../shared/village/settings.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import { Desk } from './pages/desk.ts';
import { countTaps, taps } from './pages/taps.ts';

describe.skipIf(!hasChromium)('everyday work', () => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await openCounter({ penPriceHundredths: 100, pinAboveHundredths: PIN_ABOVE_AT_FIRST });
  });
  afterAll(() => counter.close());

  it('begins at the counter with one tap on a name and the digits of the PIN', async () => {
    const { page, kiosk, logins } = counter;
    await countTaps(page);
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    expect(await taps(page)).toBe(1 + logins.volunteer.pin.length);
  });

  it('hands out three scanned goods with a card under the amount for PINs by one tap', async () => {
    const { page, kiosk, logins, pens } = counter;
    await kiosk.openRichest(logins.households);
    await countTaps(page);
    for (let count = 0; count < 3; count += 1) await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(3);
    await kiosk.confirm();
    expect(await taps(page)).toBe(1);
  });

  it('begins at the desk with name, password and one tap', async () => {
    const { page } = await openWindow(counter.browser, 'desk', counter.program.origin);
    const committee = counter.logins.staff.find(({ role }) => role === 'committee');
    await page.goto('/desk/');
    await page.getByLabel('用户名').waitFor();
    await countTaps(page);
    await new Desk(page).fillIn(committee?.username ?? '', committee?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    expect(await taps(page)).toBe(1);
  });
});

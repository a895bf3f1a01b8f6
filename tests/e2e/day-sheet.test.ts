/** The day's sheet at the desk: reached from the kiosks' page, the same figures as the kiosk's, printed on A4. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/desk/kiosk/locales/zh-CN.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { ARTEFACTS, hasChromium, launchBrowser, openWindow, picture } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { AnswerOf } from '../support/server.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';

const { day, back } = words.shop;
const SIZES = ['desk', 'phone'] as const;

describe.skipIf(!hasChromium)('the sheet of a day', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let device: Readonly<Record<string, string>> = {};
  let shift: NonNullable<AnswerOf<'kiosk.state'>['shift']>;

  async function call<Id extends EndpointId>(id: Id, body?: unknown, thing = ''): Promise<AnswerOf<Id>> {
    const [method = '', path = ''] = ENDPOINTS[id].split(' ');
    const response = await fetch(`${program.origin}${API_BASE}${path.replace(':id', thing)}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...device },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([id, response.status]).toEqual([id, 200]);
    return (await response.json()) as AnswerOf<Id>;
  }

  /** A day at the counter: two shifts with a hand-over between them, an undo and a return. */
  async function liveADay(): Promise<void> {
    const logins = readDemoLogins(program);
    const paired = await call('kiosk.pair', { code: logins.kioskPairingCode });
    const token = `Kiosk ${paired.deviceToken}`;
    const signIn = async () => {
      device = { Authorization: token };
      const { volunteers } = await call('kiosk.state');
      const volunteerId = volunteers.find(({ name }) => name === logins.volunteer.name)?.id ?? '';
      const { shiftToken } = await call('kiosk.signIn', { volunteerId, pin: logins.volunteer.pin });
      device = { Authorization: token, 'X-Shift': shiftToken };
    };
    await signIn();
    const { items } = await call('kiosk.goods');
    const onShelf = items.filter(({ stock, price }) => (stock ?? 0) > 4 && price > 0);
    const [cheap, other] = onShelf.sort((a, b) => a.price - b.price);
    if (!cheap || !other) throw new Error('nothing on the shelf');
    const card = logins.households[0]?.card;
    const redeem = async (quantity: number, { id: goodsId, price } = cheap) => {
      const { id: householdId, presence } = await call('kiosk.lookup', { card });
      const lines = [{ goodsId, quantity }];
      return call('kiosk.redeem', {
        ...{ householdId, lines, expectedPoints: quantity * price, presence: presence.token },
      });
    };
    const kept = await redeem(2);
    await redeem(1, other);
    await call('kiosk.undo', {}, (await redeem(1)).id);
    const { presence } = await call('kiosk.lookup', { card });
    const lines = [{ goodsId: cheap.id, quantity: 1 }];
    await call('kiosk.return', { lines, presence: presence.token }, kept.id);
    const state = await call('kiosk.state');
    if (!state.shift) throw new Error('nobody is on duty');
    shift = state.shift;
    const { items: asked } = await call('kiosk.shiftCounts');
    const counts = asked.map(({ goodsId, booked }, index) => ({
      ...{ goodsId, shown: booked, counted: index === 2 ? null : booked - (index === 1 ? 1 : 0) },
      reason: index === 1 ? 'broken' : null,
      remark: index === 1 ? '袋子被老鼠咬破' : '',
    }));
    await call('kiosk.signOut', { counts });
    await signIn();
    const { left } = await call('kiosk.shiftCounts');
    await call('kiosk.takeOver', { countId: left?.count?.id });
  }

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    await liveADay();
    browser = await launchBrowser();
    ({ page } = await openWindow(browser, 'desk', program.origin));
    const admin = readDemoLogins(program).staff.find(({ role }) => role === 'admin');
    await new Desk(page).logIn(admin?.username ?? '', admin?.password ?? '');
    await page.getByRole('heading', { level: 1, name: /您好/ }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('stands beside the kiosks, where a difference waits for a stocktake', async () => {
    await page.goto('/desk/shop');
    await page.getByRole('heading', { name: day.differences }).waitFor();
    await page.getByText(/袋子被老鼠咬破/).waitFor();
    await page.getByRole('link', { name: day.toStocktake }).waitFor();
    await page.getByRole('heading', { name: back.title }).waitFor();
    expect(await lookAt(page, 'shop-differences', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByRole('link', { name: day.open }).click();
    await page.getByRole('heading', { level: 1, name: day.title }).waitFor();
  });

  it('has the figures of the kiosk’s own screen, and who took over what', async () => {
    const said = page.locator('main');
    await said.getByText(day.shifts).waitFor();
    const text = await said.innerText();
    const points = (hundredths: number) => String(hundredths / 100);
    expect(text).toContain(`撤销 ${shift.undone} 笔 · ${points(shift.undonePoints)} 分`);
    expect(text).toContain(`退货 ${shift.returned} 笔 · ${points(shift.returnedPoints)} 分`);
    expect(text).toContain('袋子被老鼠咬破');
    // The demo's one volunteer left it and took it over: that is said.
    expect(text).toContain(day.same);
    expect(text).toContain('没数的：');
    expect(await lookAt(page, 'day-sheet', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('is printed on A4 with room for three signatures', async () => {
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('.sheet');
    expect(await sheet.innerText()).toContain(day.sign.supervisor);
    await picture(page, 'day-sheet-print', { fullPage: true });
    if (process.env.JISHAN_PICTURES !== undefined)
      await page.pdf({ path: join(ARTEFACTS, 'day-sheet.pdf'), preferCSSPageSize: true });
    await page.emulateMedia({ media: 'screen' });
  });

  it('says of a day without anything that there was nothing', async () => {
    await page.goto('/desk/shop/day?day=2020-01-01');
    await page.getByText(day.none).waitFor();
    await page.goto('/desk/shop/day?day=nonsense');
    await page.getByRole('heading', { name: day.shifts }).waitFor();
  });
});

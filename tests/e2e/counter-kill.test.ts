import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, SIZES } from '../support/browser.ts';
import {
  type Ask,
  type DemoLogins,
  demoAdmin,
  newPairingCode,
  readDemoLogins,
  stockPens,
} from '../support/demo-village.ts';
import { type Killable, newProfile, type Profile } from '../support/killable-browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { rowsOnDisk } from '../support/rows-on-disk.ts';
import { Kiosk, redemptionsIn, ROWS } from './pages/kiosk.ts';

/** Four kills a round: after a keystroke, after a scan, before the basket has left, before its answer is back. */
const ROUNDS = 5;

/** A tablet that loses its power in the middle of things: its browser is killed, and opened again on the same profile. */
describe.skipIf(!hasChromium)('a counter that is killed twenty times', () => {
  let program: Program;
  let profile: Profile;
  let tablet: Killable;
  let kiosk: Kiosk;
  let logins: DemoLogins;
  let admin: Ask;
  let pens: string;
  let card: string;
  let number: string;
  let kills = 0;
  let handedOut = 0;
  const keys: string[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    admin = await demoAdmin(program, logins);
    pens = await stockPens(admin);
    // The same household redeems again and again.
    await admin('PATCH', '/village', { settings: { pinAboveHundredths: null } });
    ({ card, number } = logins.households[0] ?? { card: '', number: '' });
    profile = newProfile();
    await open();
    // A pairing of this very moment is not on the disk yet, and a kiosk paired anew is another one to the server.
    await tablet.quit();
    await open();
  });
  afterAll(async () => {
    await tablet.kill();
    profile.remove();
    await program.stop();
  });

  /** Somebody signs in, where that has not reached the disk before the power went. */
  async function open(): Promise<void> {
    tablet = await profile.open(`${program.origin}/kiosk/`);
    const { page } = tablet;
    await page.setViewportSize(SIZES.kiosk);
    page.on('request', (request) => void keys.push(...redemptionsIn(request)));
    kiosk = new Kiosk(page);
    const volunteer = page.getByRole('button', { name: logins.volunteer.name, exact: true });
    const unpaired = page.getByRole('button', { name: '配对' });
    await unpaired
      .or(volunteer)
      .or(page.getByRole('button', { name: /^当班/ }))
      .first()
      .waitFor();
    if (await unpaired.isVisible()) {
      await kiosk.pressDigits(await newPairingCode(admin, '掉电台'));
      await unpaired.click();
      await volunteer.waitFor();
    }
    if (!(await volunteer.isVisible())) return;
    await volunteer.click();
    await kiosk.pressDigits(logins.volunteer.pin);
    await page.getByRole('button', { name: /^当班/ }).waitFor();
  }

  async function powerGoes(): Promise<void> {
    await tablet.kill();
    kills += 1;
    await open();
  }

  /** Confirms, and the power goes in the middle of the sending. */
  async function confirmAndDie(arrives: (route: Route) => Promise<unknown>): Promise<void> {
    const dead = tablet;
    let isOver = false;
    await tablet.page.route(ROWS, async (route) => {
      await arrives(route);
      await powerGoes();
      isOver = true;
    });
    await dead.page
      .getByRole('button', { name: /^确认兑换/ })
      .click()
      .catch(() => undefined);
    await expect.poll(() => isOver, { timeout: 60_000 }).toBe(true);
  }

  async function isDone(page: Page, pieces: number): Promise<void> {
    await page.getByRole('heading', { name: '兑好了' }).waitFor();
    handedOut += pieces;
    await kiosk.next();
  }

  async function scanPens(pieces: number): Promise<void> {
    for (let count = 0; count < pieces; count += 1) await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(pieces);
  }

  const standing = async () => {
    const { items } = (await admin('GET', '/goods')) as { items: { barcode: string; stock: number }[] };
    await kiosk.scanCard(card);
    await tablet.page.locator('.person').waitFor();
    const balance = await kiosk.balance();
    await tablet.page.getByRole('button', { name: '换一户' }).click();
    const { out } = await program.command('verify', '--json');
    const { ok } = JSON.parse(out) as { ok: boolean };
    const book = (await program.command('export', '--format', 'journal')).out.trim().split('\n').slice(1);
    // The clock may give back what is left of last month's budget meanwhile.
    const kinds = book.map((line) => (JSON.parse(line) as { kind: string }).kind);
    const entries = kinds.filter((kind) => kind !== 'act' && kind !== 'budget').length;
    return { balance, stock: items.find(({ barcode }) => barcode === pens)?.stock ?? 0, ok, entries };
  };

  it('forgets nothing that was sent, books nothing twice, and brings the basket back', async () => {
    const before = await standing();
    for (let round = 1; round <= ROUNDS; round += 1) {
      await kiosk.pressDigits(number.slice(0, 1 + (round % 2)));
      await powerGoes();
      await tablet.page.getByRole('heading', { name: '请刷卡' }).waitFor();

      await kiosk.scanCard(card);
      await tablet.page.locator('.person').waitFor();
      await scanPens(round);
      // Every other time the power goes when no more than the first scan must be on the disk.
      const least = round % 2 === 0 ? round : 1;
      await expect.poll(() => piecesOnDisk(tablet.page)).toBeGreaterThanOrEqual(least);
      await powerGoes();
      await tablet.page.getByText('篮子还在').or(tablet.page.getByText('上次的篮子还留着')).first().waitFor();
      if ((await tablet.page.locator('.person').count()) === 0) await kiosk.scanCard(card);
      await expect.poll(() => kiosk.pieces()).toBeGreaterThan(0);
      if (round % 2 === 1)
        for (let back = await kiosk.pieces(); back < round; back += 1) await kiosk.scan(pens);
      await expect.poll(() => kiosk.pieces()).toBe(round);

      await confirmAndDie(() => Promise.resolve());
      await isDone(tablet.page, round);

      await kiosk.scanCard(card);
      await tablet.page.locator('.person').waitFor();
      await scanPens(2);
      await confirmAndDie((route) => route.fetch());
      await isDone(tablet.page, 2);
    }
    expect(kills).toBe(4 * ROUNDS);
    // Each basket went out under a key of its own, and was asked about under that key.
    expect(new Set(keys).size).toBe(2 * ROUNDS);
    const after = await standing();
    expect(after).toEqual({
      balance: before.balance - handedOut,
      stock: before.stock - handedOut,
      ok: true,
      entries: before.entries + 2 * ROUNDS,
    });
  }, 300_000);
});

async function piecesOnDisk(page: Page): Promise<number> {
  const baskets = (await rowsOnDisk(page, 'baskets')) as { lines: { quantity: number }[] }[];
  return baskets.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Kiosk } from '../../e2e/pages/kiosk.ts';
import type { DemoLogins } from '../demo-village.ts';
import type { Seen } from './screen.ts';

/** A household with the goods that it comes for. */
export interface Order {
  readonly household: { readonly number: string; readonly card: string };
  readonly picks: readonly { readonly barcode: string; readonly name: string; readonly pieces: number }[];
}

const SETTLES_MS = 100;
/** A server that was killed begins to answer again within it. */
const ANSWER_MS = 60_000;

/** Taps and scans of whoever works at a kiosk. A button may go at the moment it is pressed: they look again. */
export class Hands {
  readonly page: Page;
  private readonly kiosk: Kiosk;
  private readonly logins: DemoLogins;

  constructor(page: Page, logins: DemoLogins) {
    this.page = page;
    this.kiosk = new Kiosk(page);
    this.logins = logins;
  }

  async pair(code: string): Promise<void> {
    await this.kiosk.pressDigits(code);
    await this.page.getByRole('button', { name: '配对' }).click();
  }

  /** True once just what is wanted lies in the basket. */
  async fill({ household, picks }: Order, seen: Seen): Promise<boolean> {
    if (seen.household !== household.number) {
      await this.press('换一户');
      return false;
    }
    const has = (name: string) => seen.lines.find((line) => line.name === name)?.pieces ?? 0;
    const missing = picks.filter(({ name, pieces }) => has(name) < pieces);
    const over = picks.find(({ name, pieces }) => has(name) > pieces);
    if (over) await this.press(new RegExp(`^(减一件|拿掉)：${over.name}`));
    for (const { barcode, name, pieces } of missing)
      for (let piece = has(name); piece < pieces; piece += 1) await this.scan(barcode);
    if (missing.length > 0) await sleep(SETTLES_MS);
    return missing.length === 0 && over === undefined;
  }

  async confirm(): Promise<void> {
    const button = this.page.locator('.serve button.confirm');
    if (await button.isEnabled().catch(() => false))
      await button.click({ timeout: 2000 }).catch(() => undefined);
  }

  /** Does what the screen asks for, so that the next household can be served. */
  async goOn({ place }: Pick<Seen, 'place'>, order: Order | null): Promise<void> {
    if (place === 'waiting' && order !== null) await this.scanCard(order.household.card);
    else if (place === 'sign-in') await this.signIn();
    else if (place === 'locked') await this.digits(this.logins.volunteer.pin);
    else if (place === 'aside') await this.press('在这里接着办');
    else if (place === 'checking') await this.press('现在给，记在本机');
  }

  private async signIn(): Promise<void> {
    const { name, pin } = this.logins.volunteer;
    await this.press(name);
    await this.digits(pin);
  }

  /** A digit that a busy pad did not take must not become a wrong PIN: too many of those lock the volunteer out. */
  private async digits(digits: string): Promise<void> {
    const filled = () => this.page.locator('.pin .filled').count();
    const isBefore = async (count: number) =>
      (await filled().catch(() => 0)) === count &&
      (await this.page
        .locator('.sign-in, .locked')
        .count()
        .catch(() => 0)) > 0;
    for (let tries = 0; !(await isBefore(0)) && tries < digits.length; tries += 1) await this.press('退格');
    for (const [index, digit] of digits.split('').entries()) {
      if (!(await isBefore(index))) return;
      await this.press(digit);
    }
    // The pad is emptied once the answer is there.
    const untilMs = performance.now() + ANSWER_MS;
    while ((await isBefore(digits.length)) && performance.now() < untilMs) await sleep(SETTLES_MS);
    await this.page
      .locator('.wait')
      .first()
      .waitFor({ timeout: 1000 })
      .catch(() => undefined);
  }

  private async scanCard(card: string): Promise<void> {
    await this.scan(card);
    await this.page
      .locator('.serve:has(.goods-card)')
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
  }

  private async scan(code: string): Promise<void> {
    await this.kiosk.scan(code).catch(() => undefined);
  }

  /** A button that is there; it may go at the same moment. */
  async press(name: string | RegExp): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true }).first();
    if (await button.isVisible().catch(() => false))
      await button.click({ timeout: 2000 }).catch(() => undefined);
  }
}

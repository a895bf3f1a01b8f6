import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';
import { Kiosk } from '../../e2e/pages/kiosk.ts';
import { SIZES } from '../browser.ts';
import { type Killable, newProfile, type Profile } from '../killable-browser.ts';
import { BUILD, type PageServer, startPageServer } from '../page-server.ts';
import { rowsOnDisk } from '../rows-on-disk.ts';
import { setPageClock } from './page-clock.ts';
import { RoughRoad } from './rough-road.ts';
import type { RoughVillage } from './rough-village.ts';
import { look, type Seen } from './screen.ts';
import type { HandedOut } from './tally.ts';

/** A household with the goods that it comes for. */
export interface Order {
  readonly household: { readonly number: string; readonly card: string };
  readonly picks: readonly { readonly barcode: string; readonly name: string; readonly pieces: number }[];
}

/** `found`: no screen told it before the browser was killed, and the list on the device has it. `refused`: nothing was handed out. */
export type Ended = 'told' | 'found' | 'refused';

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 100;

/** One kiosk of the torture: its browser with its profile, its network, and whoever works at it. */
export class Tablet {
  readonly name: string;
  readonly road: RoughRoad;
  readonly told: HandedOut[] = [];
  /** Names of all rows that were done without the server's answer. */
  readonly doneHere = new Set<string>();
  kills = 0;
  /** This device's clock is wrong by so much. */
  wrongMs = 0;
  page!: Page;
  kiosk!: Kiosk;
  private readonly village: RoughVillage;
  private readonly profile: Profile;
  private browser: Killable | null = null;
  server!: PageServer;
  private isNoted = false;
  private mayRepeat: HandedOut | null = null;

  constructor(name: string, village: RoughVillage) {
    this.name = name;
    this.village = village;
    this.road = new RoughRoad(() => village.origin);
    this.profile = newProfile({ before: (context) => setPageClock(context, this.clockMs()) });
  }

  async start(code: string): Promise<void> {
    const { village } = this;
    this.server = await startPageServer(BUILD, {
      get origin() {
        return village.origin;
      },
    });
    this.server.before = this.road.handler;
    await this.open();
    await this.pair(code);
  }

  async pair(code: string): Promise<void> {
    await this.kiosk.pressDigits(code);
    await this.page.getByRole('button', { name: '配对' }).click();
    await this.page.locator('.sign-in').waitFor({ timeout: PATIENCE_MS });
  }

  async open(): Promise<void> {
    this.browser = await this.profile.open(`${this.server.origin}/kiosk/`);
    await this.use(this.browser.page);
  }

  /** Goes on in this window. */
  async use(page: Page): Promise<void> {
    this.page = page;
    this.kiosk = new Kiosk(page);
    await page.setViewportSize(SIZES.kiosk);
  }

  async kill(): Promise<void> {
    this.kills += 1;
    await this.browser?.kill();
    await this.open();
  }

  /** Closed like a person does it, so that a pairing of just now is on the disk. */
  async restart(): Promise<void> {
    await this.browser?.quit();
    await this.open();
  }

  async setClock(): Promise<void> {
    await setPageClock(this.page, this.clockMs());
  }

  async rows(): Promise<KeptRow[]> {
    const rows = (await rowsOnDisk(this.page, 'outbox')) as KeptRow[];
    for (const { row } of rows)
      if (row.done?.how === 'here') this.doneHere.add(`${row.device} ${String(row.number)}`);
    return rows;
  }

  /** Nothing waits for the server. */
  async isSent(): Promise<boolean> {
    return (await this.rows()).every(({ answer }) => answer !== null && answer.answer !== 'waiting');
  }

  /** Serves one household to its end. `killAfterMs`: the browser is killed so long after the confirming tap. */
  async serve(order: Order, killAfterMs: number | null = null): Promise<Ended> {
    await this.atRest();
    const [last, before] = [lastNumber(await this.rows()), this.told.length];
    const untilMs = performance.now() + PATIENCE_MS;
    let isKilled = killAfterMs === null;
    for (;;) {
      const seen = await this.look();
      if (this.told.length > before) return 'told';
      if (seen.place !== 'serving') await this.goOn(seen, order);
      else if (seen.text.includes('存不住这一篮')) return 'refused';
      else if (await this.fill(order, seen)) {
        await this.confirm();
        if (!isKilled) {
          isKilled = true;
          await sleep(killAfterMs ?? 0);
          await this.look();
          this.mayRepeat = this.told.length > before ? (this.told.at(-1) ?? null) : null;
          await this.kill();
          await this.atRest();
          if (this.told.length === before && (await this.isOnList(order, last))) return 'found';
        }
      }
      this.within(untilMs, seen);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Takes back the hand-over on the screen. */
  async undo(): Promise<void> {
    const ask = this.page.getByRole('button', { name: /^撤销这一笔$/ });
    if (!(await ask.isVisible())) return;
    await ask.click();
    await this.page.getByRole('button', { name: '撤销，积分退回' }).click();
    const untilMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const seen = await this.look();
      if (seen.place === 'done' && seen.isUndone) {
        const last = this.told.at(-1);
        if (last) last.isUndone = true;
        return;
      }
      this.within(untilMs, seen);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async endShift(): Promise<void> {
    await this.atRest();
    await this.page.getByRole('button', { name: /^(当班|值班)/ }).click();
    await this.page.getByRole('button', { name: '交班', exact: true }).click();
    await this.page
      .getByRole('button', { name: /^(不数，直接交班|交班，我下班了)$/ })
      .first()
      .click();
    await this.page.locator('.sign-in').waitFor({ timeout: PATIENCE_MS });
  }

  /** The household on the screen leaves, and somebody is on duty. Hand-overs that a screen tells meanwhile are counted. */
  async atRest(): Promise<void> {
    const untilMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const seen = await this.look();
      if (seen.place === 'waiting') return;
      if (seen.place === 'done') {
        await this.press('下一位');
      } else if (seen.place === 'serving') await this.press('换一户');
      else await this.goOn(seen, null);
      this.within(untilMs, seen);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async stop(): Promise<void> {
    await this.browser?.kill();
    this.profile.remove();
    await this.server.stop();
  }

  /** Looks at the screen, and counts a hand-over that it tells. */
  private async look(): Promise<Seen> {
    const seen = await look(this.page);
    if (seen.place !== 'done') this.isNoted = false;
    else if (!seen.isUndone && !this.isNoted) {
      this.isNoted = true;
      this.note(seen);
    }
    return seen;
  }

  private note({ household, lines, heading }: Pick<Seen, 'household' | 'lines' | 'heading'>): void {
    const told = heading.includes('已记在本机') ? '已记在本机' : '兑好了';
    const one: HandedOut = { kiosk: this.name, household, lines, told, isUndone: false };
    const repeated = this.mayRepeat;
    this.mayRepeat = null;
    // The browser was killed before the answer that its screen told was on the disk: the next page asks and tells it again.
    if (repeated !== null && sameThings(repeated, one)) return;
    this.told.push(one);
  }

  /** Somebody who saw no word of it before the browser was killed looks at the slips of this device. */
  private async isOnList({ household, picks }: Order, after: number): Promise<boolean> {
    const isOwn = ({ row }: KeptRow) =>
      row.number > after &&
      row.kind === 'kiosk.redeem' &&
      row.done !== null &&
      row.done.how !== 'given_up' &&
      row.body.includes(`"householdNumber":"${household.number}"`);
    if (!(await this.rows()).some(isOwn)) return false;
    const lines = picks.map(({ name, pieces }) => ({ name, pieces }));
    this.told.push({ kiosk: this.name, household: household.number, lines, told: 'list', isUndone: false });
    return true;
  }

  /** True once just what is wanted lies in the basket. */
  private async fill({ household, picks }: Order, seen: Seen): Promise<boolean> {
    if (seen.household !== household.number) {
      await this.press('换一户');
      return false;
    }
    const has = (name: string) => seen.lines.find((line) => line.name === name)?.pieces ?? 0;
    const missing = picks.filter(({ name, pieces }) => has(name) < pieces);
    const over = picks.find(({ name, pieces }) => has(name) > pieces);
    if (over) await this.page.getByRole('button', { name: new RegExp(`少.*${over.name}`) }).click();
    for (const { barcode, name, pieces } of missing)
      for (let piece = has(name); piece < pieces; piece += 1) await this.scan(barcode);
    if (missing.length > 0) await sleep(LOOK_EVERY_MS);
    return missing.length === 0 && over === undefined;
  }

  private async confirm(): Promise<void> {
    const button = this.page.locator('.serve button.confirm');
    if (await button.isEnabled().catch(() => false))
      await button.click({ timeout: 2000 }).catch(() => undefined);
  }

  /** Does what the screen asks for, so that the next household can be served. */
  private async goOn({ place }: Seen, order: Order | null): Promise<void> {
    const { logins } = this.village;
    if (place === 'waiting' && order !== null) await this.scanCard(order.household.card);
    else if (place === 'sign-in') await this.signIn();
    else if (place === 'locked') await this.digits(logins.volunteer.pin);
    else if (place === 'aside') await this.press('在这里接着办');
    else if (place === 'checking') await this.press('现在给，记在本机');
  }

  private async signIn(): Promise<void> {
    const { name, pin } = this.village.logins.volunteer;
    await this.press(name);
    await this.digits(pin);
  }

  private async digits(digits: string): Promise<void> {
    for (const digit of digits) await this.press(digit);
    await this.page
      .locator('.wait')
      .first()
      .waitFor({ timeout: 8000 })
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
  private async press(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true }).first();
    if (await button.isVisible().catch(() => false))
      await button.click({ timeout: 2000 }).catch(() => undefined);
  }

  private clockMs(): number {
    return this.village.aheadMs + this.wrongMs;
  }

  private within(untilMs: number, { place, text }: Seen): void {
    if (performance.now() > untilMs)
      throw new Error(`${this.name} is stuck at “${place}”: ${text.slice(0, 400)}`);
  }
}

function lastNumber(rows: readonly KeptRow[]): number {
  return Math.max(0, ...rows.map(({ row }) => row.number));
}

function sameThings(one: HandedOut, other: HandedOut): boolean {
  const things = ({ household, lines }: HandedOut) => JSON.stringify([household, lines]);
  return things(one) === things(other);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';
import { SIZES } from '../browser.ts';
import { type Killable, newProfile, type Profile } from '../killable-browser.ts';
import { BUILD, type PageServer, startPageServer } from '../page-server.ts';
import { rowsOnDisk } from '../rows-on-disk.ts';
import { Hands, type Order } from './hands.ts';
import { setPageClock } from './page-clock.ts';
import { RoughRoad } from './rough-road.ts';
import type { RoughVillage } from './rough-village.ts';
import { look, type Seen } from './screen.ts';
import type { HandedOut } from './tally.ts';
import { nameOf, ToldList } from './told-list.ts';

/** `found`: no screen told it before the browser was killed, and the list on the device has it. `refused`: nothing was handed out. */
export type Ended = 'told' | 'found' | 'refused';

const HOSTS = ['one.test', 'other.test'] as const;
/** Longer than a volunteer is locked out. */
const PATIENCE_MS = 300_000;
const LOOK_EVERY_MS = 100;
const LOOKS_AT_ROWS_AFTER_MS = 3000;

/** One kiosk of the torture: its browser with its profile, its network, and whoever works at it. */
export class Tablet {
  readonly name: string;
  readonly road: RoughRoad;
  private readonly list: ToldList;
  /** Names of all rows that were done without the server's answer. */
  readonly doneHere = new Set<string>();
  kills = 0;
  /** This device's clock is wrong by so much. */
  wrongMs = 0;
  page!: Page;
  private hands!: Hands;
  private readonly village: RoughVillage;
  private profile!: Profile;
  private browser: Killable | null = null;
  private server!: PageServer;
  /** The build of the screens that the server has for this kiosk. */
  build = BUILD;
  /** The address at which the kiosk is open, and the server's other one. */
  private origins: [string, string] = ['', ''];
  private isNoted = false;

  constructor(name: string, village: RoughVillage) {
    this.name = name;
    this.village = village;
    this.list = new ToldList(name);
    this.road = new RoughRoad(() => village.origin);
  }

  get told(): readonly HandedOut[] {
    return this.list.all;
  }

  get origin(): string {
    return this.origins[0];
  }

  get otherOrigin(): string {
    return this.origins[1];
  }

  async start(code: string): Promise<void> {
    const { village } = this;
    this.server = await startPageServer(BUILD, {
      get origin() {
        return village.origin;
      },
    });
    this.server.before = this.road.handler;
    const { port } = new URL(this.server.origin);
    this.origins = [`http://${HOSTS[0]}:${port}`, `http://${HOSTS[1]}:${port}`];
    this.profile = newProfile({
      before: (context) => setPageClock(context, this.clockMs()),
      flags: [
        '--host-resolver-rules=MAP *.test 127.0.0.1',
        // The browser takes it for as good as https, so that the page is kept and signs.
        `--unsafely-treat-insecure-origin-as-secure=${this.origins.join(',')}`,
      ],
    });
    await this.open();
    await this.pair(code);
  }

  async pair(code: string): Promise<void> {
    await this.hands.pair(code);
    await this.page.locator('.sign-in').waitFor({ timeout: PATIENCE_MS });
  }

  async open(): Promise<void> {
    this.browser = await this.profile.open(`${this.origin}/kiosk/`);
    await this.use(this.browser.page);
  }

  /** Goes on in this window. */
  async use(page: Page): Promise<void> {
    this.page = page;
    this.hands = new Hands(page, this.village.logins);
    await page.setViewportSize(SIZES.kiosk);
  }

  /** Goes on in this window, which is at the server's other address. */
  async moveTo(page: Page): Promise<void> {
    this.origins.reverse();
    await this.use(page);
  }

  async kill(): Promise<void> {
    this.kills += 1;
    this.isNoted = false;
    await this.browser?.kill();
    await this.open();
  }

  /** Closed like a person does it, so that a pairing of just now is on the disk. */
  async restart(): Promise<void> {
    await this.browser?.quit();
    await this.open();
  }

  serveBuild(build: string): void {
    this.build = build;
    this.server.serve(build);
  }

  async setClock(): Promise<void> {
    await setPageClock(this.page, this.clockMs());
  }

  async rows(): Promise<KeptRow[]> {
    const rows = (await rowsOnDisk(this.page, 'outbox')) as KeptRow[];
    for (const { row } of rows) if (row.done?.how === 'here') this.doneHere.add(nameOf(row));
    return rows;
  }

  /** Nothing waits for the server. */
  async isSent(): Promise<boolean> {
    return (await this.rows()).every(({ answer }) => answer !== null && answer.answer !== 'waiting');
  }

  /** Serves one household to its end. `killAfterMs`: the browser is killed so long after the confirming tap. */
  async serve(order: Order, killAfterMs: number | null = null): Promise<Ended> {
    await this.atRest();
    const [known, before] = [namesOf(await this.rows()), this.told.length];
    const untilMs = performance.now() + PATIENCE_MS;
    let isKilled = killAfterMs === null;
    for (;;) {
      const seen = await this.look();
      if (this.told.length > before) return 'told';
      if (seen.place !== 'serving') await this.hands.goOn(seen, order);
      else if (seen.text.includes('存不住这一篮')) return 'refused';
      else if (await this.hands.fill(order, seen)) {
        await this.hands.confirm();
        if (!isKilled) {
          isKilled = true;
          await sleep(killAfterMs ?? 0);
          await this.look();
          if (this.told.length > before) this.list.lastMayComeAgain();
          await this.kill();
          await this.atRest();
          if (this.told.length === before && (await this.isOnList(order, known))) return 'found';
        }
      }
      this.within(untilMs, seen);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Takes back the hand-over on the screen; false where that is not offered any more, or is refused. */
  async undo(): Promise<boolean> {
    const ask = this.page.getByRole('button', { name: /^撤销这一笔$/ });
    const confirm = this.page.getByRole('button', { name: '撤销，积分退回' });
    if (!(await ask.isVisible()) || !(await isPressed(ask)) || !(await isPressed(confirm))) return false;
    const pressedMs = performance.now();
    for (;;) {
      const seen = await this.look();
      const isTold = seen.place === 'done' && seen.isUndone;
      // The screen may tell it no longer: then the rows of the device say how it ended.
      const isPatient = !isTold && performance.now() - pressedMs < LOOKS_AT_ROWS_AFTER_MS;
      const end = isTold ? 'undone' : isPatient ? 'open' : this.list.endOfUndo(await this.rows());
      if (end === 'undone') this.list.undoLast();
      if (end !== 'open') return end === 'undone';
      if (seen.place !== 'done') await this.hands.goOn(seen, null);
      this.within(pressedMs + PATIENCE_MS, seen);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** A newer build, a lock or the end of the shift by the device may come between two presses: then it begins anew. */
  async endShift(): Promise<void> {
    const duty = this.page.getByRole('button', { name: /^(当班|值班)/ });
    const end = this.page.getByRole('button', { name: '交班', exact: true });
    const leave = this.page.getByRole('button', { name: /^(不数，直接交班|交班，我下班了)$/ }).first();
    let isEnded = false;
    while (!isEnded) {
      await this.atRest();
      if ((await isPressed(duty)) && (await isPressed(end))) await isPressed(leave);
      isEnded = await succeeds(this.page.locator('.sign-in').waitFor({ timeout: 20_000 }));
    }
  }

  /** The household on the screen leaves, and somebody is on duty. Hand-overs that a screen tells meanwhile are counted. */
  async atRest(): Promise<void> {
    const untilMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const seen = await this.look();
      if (seen.place === 'waiting') return;
      if (seen.place === 'done') {
        await this.hands.press('下一位');
      } else if (seen.place === 'serving') await this.hands.press('换一户');
      else await this.hands.goOn(seen, null);
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
      this.list.note(seen, await this.rows());
    }
    return seen;
  }

  /** Somebody who saw no word of it before the browser was killed looks at the slips of this device. */
  private async isOnList({ household, picks }: Order, known: ReadonlySet<string>): Promise<boolean> {
    const lines = picks.map(({ name, pieces }) => ({ name, pieces }));
    const since = (await this.rows()).filter(({ row }) => row.done !== null && !known.has(nameOf(row)));
    return this.list.find({ household: household.number, lines }, since);
  }

  private clockMs(): number {
    return this.village.aheadMs + this.wrongMs;
  }

  private within(untilMs: number, { place, text }: Seen): void {
    if (performance.now() > untilMs)
      throw new Error(`${this.name} is stuck at “${place}”: ${text.slice(0, 400)}`);
  }
}

function isPressed(button: Locator): Promise<boolean> {
  return succeeds(button.click({ timeout: 5000 }));
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

function namesOf(rows: readonly KeptRow[]): Set<string> {
  return new Set(rows.map(({ row }) => nameOf(row)));
}

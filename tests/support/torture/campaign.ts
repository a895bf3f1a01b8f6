import type { OutboxRow } from '../../../shared/outbox/row.ts';
import type { Dice } from '../../../server/demo/dice.ts';
import {
  anotherWindow,
  changeAddress,
  confirmKeys,
  evict,
  fillDisk,
  killServer,
  takeIn,
  update,
} from './mishaps.ts';
import type { Order } from './hands.ts';
import { ROAD_FAULTS } from './rough-road.ts';
import { NIGHT_AFTER_HOURS, type RoughVillage } from './rough-village.ts';
import type { Tablet } from './tablet.ts';

const HOUR_MS = 3_600_000;
const OPEN_HOURS = 8;

export interface Extent {
  readonly days: number;
  readonly roundsADay: number;
  /** Hand-overs of each kiosk in a round. */
  readonly ordersARound: number;
}

interface Parts {
  readonly village: RoughVillage;
  readonly tablets: readonly [Tablet, Tablet];
  readonly dice: Dice;
  readonly orders: () => Order;
  /** Another build of the screens. */
  readonly later: string;
}

/** Everything that may go wrong, beside the faults of the road. */
export const MISHAPS = [
  ...['server killed', 'browser killed', 'another window', 'disk full', 'evicted', 'update'],
  ...['clock jumped', 'address changed', 'restored from yesterday', 'undone'],
] as const;

/** Which of a day's rounds have a network: every day begins with one, and ends without. */
const hasNetwork = (round: number, of: number) => round < of / 2;

/** So many hand-overs over so many days, with everything that may go wrong, each at least once in three days. */
export class Campaign {
  /** How often each mishap came. */
  readonly met = new Map<string, number>();
  private readonly parts: Parts;
  private files: OutboxRow[] = [];
  private backup = '';
  private faults = 0;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run({ days, roundsADay, ordersARound }: Extent): Promise<void> {
    const { village, tablets } = this.parts;
    for (let day = 0; day < days; day += 1) {
      for (let round = 0; round < roundsADay; round += 1) {
        await this.round(day, hasNetwork(round, roundsADay), ordersARound);
        await this.passTime((OPEN_HOURS / roundsADay) * HOUR_MS);
      }
      for (const tablet of tablets) await tablet.endShift();
      await this.passTime((NIGHT_AFTER_HOURS - OPEN_HOURS) * HOUR_MS);
      if (day % 3 === 1) this.backup = await village.backup();
      await this.passTime((24 - NIGHT_AFTER_HOURS) * HOUR_MS);
    }
  }

  /** Everything arrives that is still on its way. */
  async settle(): Promise<void> {
    const { village, tablets } = this.parts;
    for (const { road } of tablets) {
      road.isCut = false;
      await road.settle();
    }
    for (const tablet of tablets) await tablet.atRest();
    await confirmKeys(village);
    // A page that is opened sends again at once, and not after a minute, the rows that were answered “not yet”.
    for (const { page } of tablets) await page.reload();
  }

  private async round(day: number, isConnected: boolean, orders: number): Promise<void> {
    const { village, tablets, dice } = this.parts;
    for (const { road } of tablets) road.isCut = !isConnected;
    const dying = isConnected ? this.killServer(dice.between(500, 8000)) : Promise.resolve();
    await Promise.all(
      tablets.map((tablet, index) => this.serveAll(tablet, index, { day, isConnected, orders })),
    );
    await dying;
    if (day % 3 === 2 && isConnected) await this.moveAndRestore(tablets[day % 2 === 0 ? 0 : 1]);
    if (isConnected) await confirmKeys(village);
    for (const tablet of tablets) {
      if (tablet.wrongMs === 0) continue;
      tablet.wrongMs = 0;
      await tablet.setClock();
    }
  }

  private async moveAndRestore(tablet: Tablet): Promise<void> {
    if (this.backup === '') return;
    const { village, orders } = this.parts;
    this.count('address changed');
    await changeAddress(village, tablet, [orders(), orders()]);
    await this.restore();
  }

  /** The book of yesterday evening: what was booked since is on the tablets alone, and in files that the desk took in. */
  private async restore(): Promise<void> {
    const { village } = this.parts;
    this.count('restored from yesterday');
    await village.restore(this.backup);
    this.backup = '';
    await takeIn(village, this.files);
  }

  private async serveAll(
    tablet: Tablet,
    index: number,
    { day, isConnected, orders }: { day: number; isConnected: boolean; orders: number },
  ): Promise<void> {
    const { village, dice, later } = this.parts;
    const isTurn = (turn: number) => day % 3 === turn && index === day % 2;
    if (isTurn(1) && isConnected) await this.told('update', () => update(tablet, later));
    if (isTurn(0) && isConnected) await this.told('another window', () => anotherWindow(tablet));
    if (isTurn(1) && !isConnected) {
      this.count('clock jumped');
      tablet.wrongMs = dice.pick([-26, -3, 5]) * HOUR_MS;
      await tablet.setClock();
    }
    for (let order = 0; order < orders; order += 1) await this.serveOne(tablet, isConnected, order);
    if (isTurn(0) && !isConnected) {
      const isRefused = await fillDisk(tablet, this.parts.orders());
      this.count(isRefused ? 'disk full' : 'disk full, and not said');
    }
    if (day % 3 === 0 && !isConnected && !isTurn(0)) {
      this.count('evicted');
      this.files = [...this.files, ...(await evict(village, tablet))];
    }
  }

  private async serveOne(tablet: Tablet, isConnected: boolean, order: number): Promise<void> {
    const { dice, orders } = this.parts;
    if (isConnected && tablet.road.next === null && (order < 2 || dice.percent(60))) {
      tablet.road.next = ROAD_FAULTS[this.faults % ROAD_FAULTS.length] ?? null;
      this.faults += 1;
    }
    const isKilled = order === 1 || dice.percent(4);
    if (isKilled) this.count('browser killed');
    const ended = await tablet.serve(orders(), isKilled ? dice.between(0, 800) : null);
    this.count(ended);
    if (ended !== 'told' || isKilled) return;
    if ((order === 2 || dice.percent(12)) && (await tablet.undo())) this.count('undone');
  }

  private async killServer(afterMs: number): Promise<void> {
    this.count('server killed');
    await killServer(this.parts.village, afterMs);
  }

  private async told(name: string, work: () => Promise<void>): Promise<void> {
    this.count(name);
    await work();
  }

  private count(name: string): void {
    this.met.set(name, (this.met.get(name) ?? 0) + 1);
  }

  private async passTime(ms: number): Promise<void> {
    const { village, tablets } = this.parts;
    village.setClock(village.aheadMs + ms);
    for (const tablet of tablets) await tablet.setClock();
  }
}

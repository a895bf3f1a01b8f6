import { computed, proxyRefs, watch } from 'vue';
import { newKey, type Outcome } from '../api/index.ts';
import { leftAfter, totalOf, type Purchase } from './basket.ts';
import { createPrinter, type Printer } from './composables/createPrinter.ts';
import { createReturnDesk, type ReturnDesk } from './composables/createReturnDesk.ts';
import { createScreenLock, type ScreenLock } from './composables/createScreenLock.ts';
import { createShiftEnd, type ShiftEnd } from './composables/createShiftEnd.ts';
import { createStatementDesk, type StatementDesk } from './composables/createStatementDesk.ts';
import { createVoice, type Voice } from './composables/createVoice.ts';
import type { Goods } from './composables/useGoods.ts';
import type { Station } from './composables/station.ts';
import { type Counter, createCounter } from './counter/create-counter.ts';
import type { Kept, Redemption } from './counter/state.ts';
import { purchaseOf } from './counter/visit.ts';
import { mostAlone } from './counter/without-network.ts';
import type { Memory } from './memory.ts';
import { SHIFT_NOT_KEPT, type SoundName } from './notice.ts';
import type { CounterDisk } from './ports/counter-disk.ts';
import { createNetworkPrinter } from './ports/network-printer.ts';
import type { ParkedDisk } from './ports/parked-disk.ts';
import type { CounterRows } from './ports/counter-rows.ts';
import { createServerDoers } from './ports/counter-server.ts';
import { createRowDoers } from './ports/row-doers.ts';
import { findByName, type FoundByName } from './ports/find-by-name.ts';
import { ownSlips } from './ports/own-slips.ts';
import type { WithoutServer } from './ports/without-server.ts';
import type { ShiftMeter } from './shift-meter.ts';
import { createScanRoute } from './route-scan.ts';

/** Everything behind the screens, whoever asks for it: scanner, finger or keyboard. */
export interface Kiosk {
  readonly counter: Counter;
  /** The basket of the household on the screen: its means, its sum, and the points that are left then. */
  readonly basket: { readonly purchase: Purchase; readonly total: number; readonly left: number };
  readonly statements: StatementDesk;
  readonly returns: ReturnDesk;
  readonly screenLock: ScreenLock;
  /** Null: the server alone ends shifts, as in the practice. */
  readonly shiftEnd: ShiftEnd | null;
  readonly printer: Printer;
  readonly voice: Voice;
  /** The last slips of this counter, those that only this device knows of first. */
  readonly slips: () => Promise<Outcome<{ readonly items: readonly Redemption[] }>>;
  /** Households by the head's name, pinyin or initials. */
  readonly findByName: (name: string) => Promise<Outcome<FoundByName>>;
  /** A key that nobody has used, for what a page sends by itself. */
  readonly newKey: () => string;
  readonly scan: (text: string) => void;
  /** Nobody has touched anything for a minute. */
  readonly leaveIdle: () => void;
}

interface KioskParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly memory: Memory;
  readonly disk: CounterDisk;
  readonly parked: ParkedDisk;
  readonly rows: CounterRows;
  /** Null: without the server nothing is done. */
  readonly alone: WithoutServer | null;
  /** Measures shifts for when the server is gone; null: nobody does. */
  readonly metered: { readonly meter: ShiftMeter; readonly serverMs: () => number } | null;
  /** The rows that the disk had when the page began. */
  readonly kept: Kept;
  readonly now: () => number;
  readonly play: (sound: SoundName) => void;
  /** Opens the browser's printing. */
  readonly print: () => void;
}

export function createKiosk({
  station,
  goods,
  memory,
  disk,
  parked,
  rows,
  alone,
  metered,
  kept,
  now,
  play,
  print,
}: KioskParts): Kiosk {
  const voice = createVoice(play);
  const printer = createPrinter({
    memory,
    send: print,
    hasNetwork: () => station.isConnected.value && station.state.value?.village.hasPrinter === true,
    sendToNetwork: createNetworkPrinter(station, newKey),
    failed: () => counter.feed({ is: 'told', notice: { kind: 'warn', name: 'printFailed' } }),
  });
  const serverDoers = createServerDoers(station, rows, alone);
  // The server gives nothing to a shift that it has not begun: what is on the screen ends by the device alone.
  const isServed = () => station.isConnected.value && !station.isLocalShift.value;
  const counter = createCounter({
    kept,
    world: () => ({
      nowMs: now(),
      freshKey: newKey(),
      goods: goods.isKnown.value ? goods.byId.value : null,
      goodsNames: goods.names,
      volunteer: station.state.value?.shift?.volunteer ?? '',
      isConnected: isServed(),
      withoutNetwork: alone?.limits() ?? null,
      isShiftOver: shiftEnd?.isOver() ?? false,
    }),
    doers: {
      ...serverDoers,
      ...createRowDoers(rows),
      wait: ({ turn, ms }, feed) => void setTimeout(() => feed({ is: 'overdue', turn }), ms),
      keepParked: ({ baskets }) => void parked.keep(baskets),
      keepAside: ({ basket }) => void disk.keepAside(basket),
      refreshGoods: () => void goods.refresh(),
      sound: ({ sound, label }) => voice.sound(sound, label),
      forgetPaper: () => printer.forget(),
    },
  });
  const mayOpen = () => counter.place.at !== 'sending' && !station.isSigningIn.value;
  const statements = createStatementDesk({ station, voice, mayOpen });
  const returns = createReturnDesk({
    ...{ station, rows, voice, newKey, now, kept: kept.returns ?? [] },
    later: (ms, run) => void setTimeout(run, ms),
    mayOpen: () => counter.place.at === 'waiting' && station.stage.value === 'open',
    changed() {
      void goods.refresh();
      void station.check();
      // It may have been the last redemption, which is then undone no more.
      serverDoers.listRecent({ do: 'listRecent', turn: counter.state.recentTurn }, counter.feed);
    },
  });
  function leave(is: 'locked' | 'idle'): void {
    statements.close();
    returns.close();
    counter.feed({ is });
  }
  const screenLock = createScreenLock({ ...{ station, memory }, hide: () => leave('locked') });
  const { isLocked } = screenLock;
  const shiftEnd =
    metered && createShiftEnd({ ...metered, ...{ station, isLocked, now, counter: () => counter } });
  followAround({ counter, station, goods });
  watch(station.stage, (stage) => stage === 'open' && returns.resume(), { immediate: true });
  return {
    counter,
    basket: createBasketView(counter, goods, isServed, alone),
    statements,
    returns,
    screenLock,
    shiftEnd,
    printer,
    voice,
    slips: () => ownSlips(station, alone),
    findByName: (name) => findByName(station, alone, name),
    newKey,
    scan: createScanRoute({ station, goods, statements, returns, screenLock, voice, counter }),
    leaveIdle: () => leave('idle'),
  };
}

/** Tells the counter of what happens around it. */
function followAround({
  counter,
  station,
  goods,
}: {
  counter: Counter;
  station: Station;
  goods: Goods;
}): void {
  const tellStage = () => counter.feed({ is: station.stage.value === 'open' ? 'opened' : 'shut' });
  watch(station.stage, tellStage, { immediate: true, flush: 'sync' });
  // Nobody is served: whoever serves on gets a shift of the server's.
  const around = [
    station.isConnected,
    station.isLocalShift,
    () => counter.place.at,
    () => counter.state.overlay.dialog,
  ] as const;
  watch(around, ([isConnected, isLocal, at, dialog]) => {
    // A volunteer who counts the shelf ends the shift with the counts.
    if (!isConnected || !isLocal || at !== 'waiting' || dialog === 'shiftEnd') return;
    void station.endLocalShift().then((isEnded) => {
      if (!isEnded) counter.feed({ is: 'told', notice: SHIFT_NOT_KEPT });
    });
  });
  watch(goods.items, () => counter.feed({ is: 'goodsCame' }), { flush: 'sync' });
}

function createBasketView(
  counter: Counter,
  { byId }: Goods,
  isServed: () => boolean,
  alone: WithoutServer | null,
): Kiosk['basket'] {
  const nobody = { balance: 0, lines: [], remaining: new Map<string, number>(), most: null };
  const purchase = computed((): Purchase => {
    const { visit } = counter;
    if (visit === null) return { ...nobody, goods: byId.value };
    const world = { isConnected: isServed(), withoutNetwork: alone?.limits() ?? null };
    return purchaseOf(visit, byId.value, mostAlone(visit, world));
  });
  const total = computed(() => totalOf(purchase.value.lines, purchase.value.goods));
  return proxyRefs({ purchase, total, left: computed(() => leftAfter(purchase.value)) });
}

import type { Outcome } from '../../../../client/api/outcome.ts';
import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import {
  initialState,
  type Basket,
  type CounterState,
  type Owed,
  type Redemption,
  type World,
} from '../../../../client/kiosk/counter/state.ts';
import type { Transition } from '../../../../client/kiosk/counter/transition.ts';
import {
  answer,
  busy,
  cardOf,
  conflict,
  GOODS_IDS,
  household,
  type Id,
  IDS,
  lost,
  PIN_ABOVE,
  pointsShort,
  presenceOf,
  problem,
  redemption,
  shelf,
  shiftOver,
  world,
} from './shop-of-three.ts';

/** The next thing that hands, network, clock or disk do: chosen by chance, as are the chances within it. */
export type Move = readonly [what: number, which: number, chance: number];

/** Hears of everything that the laws are about. */
export interface Watcher {
  /** Before an event is taken; `isFed` false: it is an answer of an old turn. */
  before(model: Model, event: CounterEvent): void;
  /** When each of its effects is carried out. */
  during(model: Model, effect: Effect): void;
  /** When all of them are. */
  after(model: Model, event: CounterEvent, before: CounterState): void;
  /** The power went and the page began anew. */
  restarted(model: Model): void;
}

type Sent = Extract<Effect, { do: 'send' }>;
interface Pending {
  readonly effect: Effect;
  readonly event: CounterEvent;
}

const VOLUNTEERS = ['v1', 'v2', 'v3'];
const PIN_NEEDED = problem('redemption.pin_needed');
const ABSENT = problem('redemption.absent');

/** A counter of one machine, with a server, a disk, a network and hands that do whatever they like. */
export class Model {
  state: CounterState;
  readonly disk = {
    rows: new Map<string, Owed>(),
    basket: null as Basket | null,
    parked: [] as readonly Basket[],
  };
  /** The server's bookings, by key. */
  readonly booked = new Map<string, { readonly text: string; readonly receipt: Redemption }>();
  /** Undone redemptions, by their id. */
  readonly undone = new Set<string>();
  world: World = world({ goods: null, freshKey: 'key-0' });
  readonly transition: Transition;
  readonly watcher: Watcher;
  private pending: Pending[] = [];
  private past: CounterEvent[] = [];
  /** Requests that were lost, and may yet arrive. */
  private stragglers: Sent[] = [];
  private keys = 0;
  private chance = 0;

  constructor(transition: Transition, watcher: Watcher) {
    this.transition = transition;
    this.watcher = watcher;
    this.state = this.begin();
  }

  private begin(): CounterState {
    const { basket, parked } = this.disk;
    return initialState({ basket, parked, owed: [...this.disk.rows.values()], damaged: null });
  }

  play(moves: readonly Move[]): void {
    for (const [what, which, chance] of moves) {
      this.chance = chance * 7919 + which * 104_729 + what;
      this.world = { ...this.world, nowMs: this.world.nowMs + (chance % 4 === 0 ? 17_000 : 150) };
      this.move(what, which);
    }
  }

  /** A number below `below`, by the chances of the move under way. */
  private draw(below: number): number {
    this.chance = (Math.imul(this.chance ^ (this.chance >>> 15), 2_246_822_507) + 12_345) >>> 0;
    return (this.chance >>> 8) % below;
  }

  private move(what: number, which: number): void {
    if (what < 45) this.goOn(which);
    else if (what < 62) this.answerOne(which);
    else if (what < 88) this.feed(this.hand(what - 62, which));
    else if (what < 90) this.feedLate(which);
    else if (what < 92) this.arriveLate();
    else if (what < 93) this.feed({ is: 'shut' });
    else if (what < 95) this.feed({ is: 'idle' });
    else if (what < 96) this.feed({ is: 'networkCame' });
    else if (what < 98) this.changeGoods(which);
    else this.cutPower();
  }

  /** Does what a volunteer would do next; chance alone hardly ever gets as far as a hand-over. */
  private goOn(which: number): void {
    const { place } = this.state;
    const isAnswered =
      this.pending.length > 0 && (which % 4 > 0 || place.at === 'sending' || place.at === 'looking');
    const isTiredOfWaiting = place.at === 'sending' && place.step === 'pause' && which % 6 === 0;
    if (isTiredOfWaiting) this.feed({ is: 'giveUp' });
    else if (isAnswered) this.answerOne(which);
    else if (place.at === 'shut') this.feed({ is: 'opened' });
    else if (place.at === 'waiting') this.feed(this.hand(0, which));
    else if (place.at === 'pin') this.feed(this.hand(15, which));
    else if (place.at === 'vouch') this.feed(this.vouch(which));
    else if (place.at === 'done') this.feed(this.hand(which % 2 === 0 ? 0 : 17, which));
    else if (place.at === 'serving') {
      const isFull = place.visit.lines.length > 0 && which % 3 > 0;
      if (isFull && which % 7 === 0) {
        this.feed({ is: 'park' });
        return;
      }
      this.feed(this.hand(isFull ? 12 : 7, which));
    }
  }

  /** The next of three volunteers types a PIN; sometimes one does so twice. */
  private vouch(which: number): CounterEvent {
    const { place } = this.state;
    const given = place.at === 'vouch' ? place.visit.vouches.length : 0;
    const index = which % 4 === 0 ? 0 : given;
    return { is: 'vouch', volunteerId: VOLUNTEERS[index] ?? 'v1', pin: '482915' };
  }

  private hand(what: number, which: number): CounterEvent {
    const id: Id = IDS[which % IDS.length] ?? 'A';
    const goodsId = GOODS_IDS[which % GOODS_IDS.length] ?? '';
    if (what < 5) return { is: 'asked', question: { card: cardOf(id) } };
    if (what < 7) return { is: 'asked', question: { number: household(id).number } };
    if (what < 11) return { is: 'goods', goodsId };
    if (what < 12) return { is: 'less', goodsId };
    if (what < 15) return { is: 'confirm' };
    if (what < 17) return { is: 'pin', pin: '482915' };
    if (what < 20) return { is: 'undo' };
    if (what < 22) return { is: 'askNow' };
    if (what < 24) return { is: 'giveUp' };
    const rare: readonly CounterEvent[] = [
      { is: 'left' },
      { is: 'pinClosed' },
      { is: 'signOut' },
      { is: 'unreadable', name: 'foreign' },
      { is: 'dialog', dialog: 'undo' },
      { is: 'history', isOpen: true },
      { is: 'noticeClosed' },
      { is: 'park' },
      { is: 'unpark', key: this.state.parked[0]?.key ?? '' },
      { is: 'locked' },
      { is: 'aged' },
      this.vouch(which),
    ];
    return rare[which % rare.length] ?? { is: 'left' };
  }

  /** Feeds an event and carries out what it asks for; with the power gone after some of that. */
  feed(event: CounterEvent, effectsDone = Number.POSITIVE_INFINITY, goods = this.world.goods): void {
    const before = this.state;
    this.watcher.before(this, event);
    this.keys += 1;
    this.world = { ...this.world, goods, freshKey: `key-${this.keys}` };
    const [state, effects] = this.transition(before, event, this.world);
    this.state = state;
    for (const [index, effect] of effects.entries()) {
      if (index >= effectsDone) return;
      this.watcher.during(this, effect);
      this.carryOut(effect);
    }
    if (effectsDone === Number.POSITIVE_INFINITY) this.watcher.after(this, event, before);
  }

  private answerOne(which: number): void {
    const [next] = this.pending.splice(which % Math.max(1, this.pending.length), 1);
    if (!next) return;
    if (next.event.is === 'goodsCame') {
      this.changeGoods(this.draw(8));
      return;
    }
    this.past.push(next.event);
    this.feed(next.event);
    // Some answers come twice.
    if (which % 5 === 0) this.feed(next.event);
  }

  private feedLate(which: number): void {
    const late = this.past[which % Math.max(1, this.past.length)];
    if (late) this.feed(late);
  }

  private arriveLate(): void {
    const [late] = this.stragglers.splice(0, 1);
    if (late) this.serve(late.owed);
  }

  private changeGoods(which: number): void {
    this.feed(
      { is: 'goodsCame' },
      Number.POSITIVE_INFINITY,
      which % 4 === 0 ? shelf('salt', 'rice') : shelf(),
    );
  }

  /** The next event is half carried out, or none is; then the page begins anew from what the disk has. */
  private cutPower(): void {
    if (this.draw(3) > 0) {
      const [next] = this.pending.splice(0, 1);
      const event = next?.event ?? this.hand(this.draw(26), this.draw(9));
      this.feed(event, this.draw(4));
    }
    this.pending = [];
    this.past = [];
    this.state = this.begin();
    this.world = {
      ...this.world,
      goods: null,
      nowMs: this.world.nowMs + ([5_000, 61_000][this.draw(3)] ?? 40 * 60_000),
    };
    this.watcher.restarted(this);
  }

  private carryOut(effect: Effect): void {
    const { disk } = this;
    if (effect.do === 'settle') disk.rows.delete(effect.key);
    if (effect.do === 'keepAside') disk.basket = effect.basket;
    if (effect.do === 'keepParked') disk.parked = structuredClone(effect.baskets);
    if (effect.do === 'takeBack') {
      disk.rows.delete(effect.key);
      if (effect.basket !== null) disk.basket = effect.basket;
    }
    const event = this.answerTo(effect);
    if (event !== null) this.pending.push({ effect, event });
  }

  private answerTo(effect: Effect): CounterEvent | null {
    switch (effect.do) {
      case 'lookUp':
        return this.lookUp(effect);
      case 'checkPin': {
        const { turn, householdId } = effect;
        const locked = problem('auth.locked', 'retry', 'no', { seconds: 30 });
        if (this.draw(4) === 0) return { is: 'pinWrong', turn, failure: locked };
        const proof = { proof: `${householdId}-${this.keys}`, expiresAtMs: this.world.nowMs + 60_000 };
        return { is: 'pinRight', turn, proof };
      }
      case 'vouch': {
        const { turn, householdId, volunteerId, points } = effect;
        if (this.draw(8) === 0) return { is: 'vouchWrong', turn, failure: problem('auth.wrong') };
        const proof = `${householdId}-${volunteerId}-${this.keys}-${points}`;
        return {
          is: 'vouchRight',
          turn,
          proof: { proof, volunteerId, points, expiresAtMs: this.world.nowMs + 60_000 },
        };
      }
      case 'reach':
        return { is: 'reached', turn: effect.turn, isThere: this.draw(6) > 0 };
      case 'keepOwed':
        return { is: 'kept', turn: effect.turn, isKept: this.keep(effect.owed) };
      case 'send':
        return { is: 'answered', turn: effect.turn, outcome: this.receive(effect) };
      case 'refreshGoods':
        return this.draw(8) === 0 ? null : { is: 'goodsCame' };
      case 'pause':
        return { is: 'paused', turn: effect.turn };
      case 'listRecent': {
        const all = [...this.booked.values()].map(({ receipt }) => receipt);
        const items = all.filter(({ undone }) => !undone).reverse();
        const mayUndo = (one: Redemption) => ({ ...one, mayUndo: !this.undone.has(one.id) });
        return { is: 'recent', turn: effect.turn, items: items.map(mayUndo) };
      }
      default:
        return null;
    }
  }

  private lookUp({ turn, question }: Extract<Effect, { do: 'lookUp' }>): CounterEvent {
    if (this.draw(5) === 0) return { is: 'notFound', turn, failure: lost };
    const id = IDS.find((one) =>
      'card' in question ? cardOf(one) === question.card : household(one).number === question.number,
    );
    const pinAbove = id === 'C' ? PIN_ABOVE : null;
    const presence = presenceOf(id ?? 'A', 'card' in question ? 'card' : 'number', this.world.nowMs);
    const over = id === 'B' ? withoutPin(presence.how) : {};
    return { is: 'found', turn, household: household(id ?? 'A', { pinAbove, presence, ...over }) };
  }

  /** A disk that refuses has sometimes written all the same. */
  private keep(owed: Owed): boolean {
    const isRefused = this.draw(6) === 0;
    if (isRefused && this.draw(2) === 0) return false;
    this.disk.rows.set(owed.key, structuredClone(owed));
    if (owed.kind === 'kiosk.redeem') this.disk.basket = null;
    return !isRefused;
  }

  /** Decides what becomes of a request on its way, at the server, and on the way back. */
  private receive(effect: Sent): Outcome<Redemption> {
    const way = this.draw(12);
    if (way < 2) {
      this.stragglers.push(effect);
      return lost;
    }
    if (way === 2) return busy;
    if (way === 3) return shiftOver;
    if (way < 6 && !this.booked.has(effect.owed.key)) {
      // A request that was lost before arrives just now.
      if (this.draw(2) === 0) this.arriveLate();
      return [pointsShort, PIN_NEEDED, ABSENT][this.draw(3)] ?? ABSENT;
    }
    const outcome = this.serve(effect.owed);
    return way < 9 ? lost : outcome;
  }

  private serve(owed: Owed): Outcome<Redemption> {
    const text = JSON.stringify(owed.content);
    const known = this.booked.get(owed.key);
    if (known) return known.text === text ? answer(known.receipt) : conflict;
    const who = IDS.find((id) => household(id).number === owed.content.householdNumber) ?? 'A';
    if (owed.kind === 'kiosk.undo') {
      if (this.undone.has(owed.content.redemptionId)) return problem('redemption.undone');
      this.undone.add(owed.content.redemptionId);
    }
    const id = owed.kind === 'kiosk.undo' ? owed.content.redemptionId : `r-${owed.key}`;
    const receipt = redemption(id, who, {
      bookedAtMs: this.world.nowMs,
      undone: owed.kind === 'kiosk.undo',
    });
    this.booked.set(owed.key, { text, receipt });
    return answer(receipt);
  }
}

/** Household B has no PIN: two people vouch for it where it shows no card, and its card is new. */
function withoutPin(how: 'card' | 'number'): Parameters<typeof household>[1] {
  const pin = { isSet: false, waitSeconds: 0 };
  return { pin, newSince: { what: 'card', sinceMs: 1 }, vouching: how === 'number' ? { left: 5000 } : null };
}

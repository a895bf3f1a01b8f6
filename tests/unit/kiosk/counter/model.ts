import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import {
  initialState,
  type Basket,
  type CounterState,
  type World,
} from '../../../../client/kiosk/counter/state.ts';
import type { Transition } from '../../../../client/kiosk/counter/transition.ts';
import { HAD_ELSEWHERE, isSameDay, ModelOutbox } from './model-outbox.ts';
import {
  cardOf,
  copiedHousehold,
  GOODS_IDS,
  household,
  type Id,
  IDS,
  lost,
  PIN_ABOVE,
  presenceOf,
  problem,
  shelf,
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
  /** The network is back, every row was answered, and nothing is on its way. */
  ended(model: Model): void;
}

const VOLUNTEERS = ['v1', 'v2', 'v3'];

/** A counter of one machine, with a server, a disk, a network and hands that do whatever they like. */
export class Model {
  state: CounterState;
  readonly outbox = new ModelOutbox((below) => this.draw(below));
  readonly disk = { basket: null as Basket | null, parked: [] as readonly Basket[] };
  world: World = world({ goods: null, freshKey: 'key-0' });
  /** The village hands out without network. */
  handsOutAlone = true;
  readonly transition: Transition;
  readonly watcher: Watcher;
  private pending: CounterEvent[] = [];
  private past: CounterEvent[] = [];
  /** Rows whose answers somebody waits for, each under the turn of its question. */
  private waiters: { readonly turn: number; readonly key: string }[] = [];
  /** The last entry that the copy of the village knows. */
  private copiedEntry = 0;
  private isCalm = false;
  private keys = 0;
  private chance = 0;

  constructor(transition: Transition, watcher: Watcher) {
    this.transition = transition;
    this.watcher = watcher;
    this.state = this.begin();
  }

  private begin(): CounterState {
    const { basket, parked } = this.disk;
    const isUsed = (key: string) => this.outbox.rows.has(key);
    return initialState({ basket, parked, owed: this.outbox.owed(), isUsed, damaged: null });
  }

  play(moves: readonly Move[]): void {
    // Some shops begin without network.
    this.world = { ...this.world, isConnected: (moves[0]?.[2] ?? 0) % 3 > 0 };
    for (const [what, which, chance] of moves) {
      this.chance = chance * 7919 + which * 104_729 + what;
      this.world = { ...this.world, nowMs: this.world.nowMs + (chance % 4 === 0 ? 17_000 : 150) };
      this.move(what, which);
    }
    this.playTheEnd();
  }

  /** Somebody is on duty, the network is there, nothing is refused or lost, and all that waits is answered. */
  private playTheEnd(): void {
    this.isCalm = true;
    this.world = { ...this.world, isConnected: true };
    for (let round = 0; round < 200; round += 1) {
      this.outbox.lookAgain();
      if (this.state.place.at === 'shut') this.signIn();
      this.deliver();
      if (this.pending.length > 0) this.answerOne(1);
      else if (this.state.place.at !== 'sending' && this.isAllAnswered()) break;
    }
    this.watcher.ended(this);
  }

  private isAllAnswered(): boolean {
    return [...this.outbox.rows.values()].every(({ answer }) => answer !== null);
  }

  /** A number below `below`, by the chances of the move under way. */
  private draw(below: number): number {
    this.chance = (Math.imul(this.chance ^ (this.chance >>> 15), 2_246_822_507) + 12_345) >>> 0;
    return (this.chance >>> 8) % below;
  }

  private move(what: number, which: number): void {
    if (what < 38) this.goOn(which);
    else if (what < 50) this.answerOne(which);
    else if (what < 60) this.deliver();
    else if (what < 86) this.feed(this.hand(what - 60, which));
    else if (what < 88) this.feedLate(which);
    else if (what < 90) this.changeNetwork();
    else if (what < 91) this.outbox.arriveLate();
    else if (what < 92) this.feed({ is: 'shut' });
    else if (what < 94) this.feed({ is: 'idle' });
    else if (what < 95) this.feed({ is: 'networkCame' });
    else if (what < 97) this.changeGoods(which);
    else if (what < 98) this.outbox.lookAgain();
    else this.cutPower();
  }

  private changeNetwork(): void {
    const isConnected = !this.world.isConnected;
    // Some shifts are over while the network is gone.
    this.world = { ...this.world, isConnected, isShiftOver: !isConnected && this.keys % 5 === 2 };
    if (this.world.isConnected) this.feed({ is: 'networkCame' });
  }

  /** Another shift begins. */
  private signIn(): void {
    this.world = { ...this.world, isShiftOver: false };
    this.feed({ is: 'opened' });
  }

  /** Rows go out, and whoever waits for one that was answered hears of it. */
  private deliver(): void {
    if (!this.world.isConnected) return;
    this.outbox.deliver(this.state.place.at !== 'shut', this.isCalm);
    const waiting = this.waiters;
    this.waiters = [];
    for (const { turn, key } of waiting) this.await(turn, key);
    if (this.draw(3) === 0) this.copiedEntry = this.outbox.server.booked.size;
  }

  private await(turn: number, key: string): void {
    const result = this.outbox.resultOf(key);
    if (result === null) this.waiters.push({ turn, key });
    else this.pending.push({ is: 'answered', turn, result });
  }

  /** Does what a volunteer would do next; chance alone hardly ever gets as far as a hand-over. */
  private goOn(which: number): void {
    const { place } = this.state;
    const isAsking = place.at === 'sending' && place.step === 'ask';
    if (isAsking && place.isOverdue && which % 6 < 2) {
      this.feed({ is: which % 6 === 0 ? 'giveUp' : 'handOut' });
      return;
    }
    if (endsWhileNoting(place, which)) {
      this.feed({ is: 'shut' });
      return;
    }
    if (isAsking && which % 3 > 0) this.deliver();
    const isAnswered =
      this.pending.length > 0 && (which % 4 > 0 || place.at === 'sending' || place.at === 'looking');
    if (isAnswered) this.answerOne(which);
    else if (place.at === 'shut') this.signIn();
    else if (place.at === 'waiting') this.serveNext(which);
    else if (place.at === 'pin' || place.at === 'vouch') this.prove(place.at, which);
    else this.serveOn(place, which);
  }

  private serveNext(which: number): void {
    const isNext = which % 4 === 0;
    if (isNext && this.world.isShiftOver === true) this.feed({ is: 'shut' });
    else this.feed(this.hand(isNext ? 5 : 0, which));
  }

  private prove(at: 'pin' | 'vouch', which: number): void {
    if (which % 11 === 0) this.changeNetwork();
    else if (!this.world.isConnected) this.feed({ is: 'pinClosed' });
    else this.feed(at === 'pin' ? this.hand(15, which) : this.vouch(which));
  }

  private serveOn(place: CounterState['place'], which: number): void {
    if (place.at === 'done') this.feed(this.hand(which % 2 === 0 ? 0 : 17, which));
    if (place.at !== 'serving') return;
    const isFull = place.visit.lines.length > 0 && which % 3 > 0;
    if (isFull && which % 7 === 0) this.feed({ is: 'park' });
    else this.feed(this.hand(isFull ? 12 : 7, which));
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
    if (what < 23) return { is: 'giveUp' };
    if (what < 24) return { is: 'handOut' };
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
    const withoutNetwork = this.handsOutAlone ? this.outbox.limits(this.world.nowMs) : null;
    this.world = { ...this.world, goods, freshKey: `key-${this.keys}`, withoutNetwork };
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
    if (next.is === 'goodsCame') {
      this.changeGoods(this.draw(8));
      return;
    }
    this.past.push(next);
    this.feed(next);
    // Some answers come twice.
    if (which % 5 === 0) this.feed(next);
  }

  private feedLate(which: number): void {
    const late = this.past[which % Math.max(1, this.past.length)];
    if (late) this.feed(late);
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
      const event = next ?? this.hand(this.draw(26), this.draw(9));
      this.feed(event, this.draw(4));
    }
    this.pending = [];
    this.past = [];
    this.waiters = [];
    this.outbox.restart();
    this.handsOutAlone = this.draw(4) > 0;
    this.state = this.begin();
    this.world = {
      ...this.world,
      goods: null,
      nowMs: this.world.nowMs + ([5_000, 61_000, 40 * 60_000][this.draw(4)] ?? 86_400_000),
    };
    this.watcher.restarted(this);
  }

  private carryOut(effect: Effect): void {
    const { disk } = this;
    if (effect.do === 'keepAside') disk.basket = effect.basket;
    if (effect.do === 'keepParked') disk.parked = structuredClone(effect.baskets);
    if (effect.do === 'awaitAnswer') this.await(effect.turn, effect.owed.key);
    const event = this.answerTo(effect);
    if (event !== null) this.pending.push(event);
  }

  private answerTo(effect: Effect): CounterEvent | null {
    switch (effect.do) {
      case 'lookUp':
        return this.lookUp(effect);
      case 'checkPin': {
        const { turn, householdId } = effect;
        const locked = problem('auth.locked', 'retry', 'no', { seconds: 30 });
        if (!this.world.isConnected) return { is: 'pinWrong', turn, failure: lost };
        if (this.draw(4) === 0) return { is: 'pinWrong', turn, failure: locked };
        const proof = { proof: `${householdId}-${this.keys}`, expiresAtMs: this.world.nowMs + 60_000 };
        return { is: 'pinRight', turn, proof };
      }
      case 'vouch': {
        const { turn, householdId, volunteerId, points } = effect;
        if (!this.world.isConnected) return { is: 'vouchWrong', turn, failure: lost };
        if (this.draw(8) === 0) return { is: 'vouchWrong', turn, failure: problem('auth.wrong') };
        const proof = `${householdId}-${volunteerId}-${this.keys}-${points}`;
        return {
          is: 'vouchRight',
          turn,
          proof: { proof, volunteerId, points, expiresAtMs: this.world.nowMs + 60_000 },
        };
      }
      case 'reach':
        return { is: 'reached', turn: effect.turn, isThere: this.world.isConnected && this.draw(6) > 0 };
      case 'keepRow':
        return { is: 'kept', turn: effect.turn, ...this.outbox.keep(effect, this.world.nowMs) };
      case 'noteEnd':
        return { is: 'noted', turn: effect.turn, ...this.outbox.note(effect) };
      case 'wait':
        return { is: 'overdue', turn: effect.turn };
      case 'refreshGoods':
        return this.draw(8) === 0 ? null : { is: 'goodsCame' };
      case 'listRecent':
        return this.world.isConnected ? this.recent(effect.turn) : null;
      default:
        return null;
    }
  }

  private recent(turn: number): CounterEvent {
    const { server, rows } = this.outbox;
    const all = [...server.booked.values()].filter(({ owed }) => owed.kind === 'kiosk.redeem');
    const items = all.reverse().flatMap(({ owed, atMs }) => {
      const answer = server.answer(owed, atMs);
      if (answer.is !== 'booked') return [];
      const rowKey = rows.has(owed.key) && !this.outbox.isTakenBack(owed.key) ? owed.key : null;
      return [{ ...answer.receipt, mayUndo: server.isStanding(owed.key), rowKey }];
    });
    return { is: 'recent', turn, items };
  }

  /** By the server, or by the copy on the device where that is not there. */
  private lookUp({ turn, question, isPatient }: Extract<Effect, { do: 'lookUp' }>): CounterEvent {
    const { isConnected, nowMs } = this.world;
    const isSlow = this.handsOutAlone && isConnected && !this.isCalm && turn % 9 === 5;
    const isAlone = (!isConnected && this.handsOutAlone) || isSlow;
    if (this.draw(5) === 0 || (!isConnected && !isAlone)) return { is: 'notFound', turn, failure: lost };
    const id =
      IDS.find((one) =>
        'card' in question ? cardOf(one) === question.card : household(one).number === question.number,
      ) ?? 'A';
    const how = 'card' in question ? 'card' : 'number';
    if (isAlone) {
      const copiedFor = isSlow ? (isPatient === true ? 'silent' : 'slow') : 'gone';
      return { is: 'found', turn, household: { ...this.copied(id, how), copiedFor } };
    }
    const pinAbove = id === 'C' ? PIN_ABOVE : null;
    const presence = presenceOf(id, how, nowMs);
    const redeemedToday = this.outbox.server.spent(id, nowMs) + (id === 'A' ? HAD_ELSEWHERE : 0);
    const over = id === 'B' ? withoutPin(how) : {};
    return { is: 'found', turn, household: household(id, { pinAbove, presence, redeemedToday, ...over }) };
  }

  private copied(id: Id, how: 'card' | 'number'): ReturnType<typeof household> {
    const { nowMs } = this.world;
    const expiresAtMs = nowMs + 15 * 60_000;
    const presence = { token: '', how, expiresAtMs, ...(how === 'card' ? { cardIssuedAtMs: 500_000 } : {}) };
    const later = this.outbox.redeems().reduce((sum, { owed, answer, atMs }) => {
      const isLater = answer?.is === 'booked' && answer.receipt.journalNumber > this.copiedEntry;
      const isIts = owed.content.householdId === id && isSameDay(atMs, nowMs);
      return isLater && isIts ? sum + owed.content.points : sum;
    }, 0);
    const known = this.outbox.server.spent(id, nowMs, this.copiedEntry) + (id === 'A' ? HAD_ELSEWHERE : 0);
    const redeemedToday = known + later;
    // The copy knows when a card was issued.
    const over = id === 'B' ? ({ newSince: { what: 'card', sinceMs: 1 } } as const) : {};
    return copiedHousehold(id, { presence, redeemedToday, ...over });
  }
}

/** Household B has no PIN: two people vouch for it where it shows no card, and its card is new. */
function withoutPin(how: 'card' | 'number'): Parameters<typeof household>[1] {
  const pin = { isSet: false, waitSeconds: 0 };
  return { pin, newSince: { what: 'card', sinceMs: 1 }, vouching: how === 'number' ? { left: 5000 } : null };
}

/** The shift may end while an end is noted. */
function endsWhileNoting(place: CounterState['place'], which: number): boolean {
  if (place.at !== 'sending' || place.step !== 'note') return false;
  return which % (place.owed.kind === 'kiosk.undo' ? 2 : 7) === 0;
}

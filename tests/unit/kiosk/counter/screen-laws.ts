import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import type { CounterState, Visit } from '../../../../client/kiosk/counter/state.ts';
import { broken, essence, visitOf } from './law.ts';
import type { Model } from './model.ts';
import { BALANCE, booked, cardOf, type Id, lost, namesIn, redemption } from './shop-of-three.ts';

/** The laws of what the screen shows and of the baskets that are not sent. */
export class ScreenLaws {
  after(model: Model, event: CounterEvent, before: CounterState): void {
    const { state } = model;
    if ('turn' in event && isLate(before, event) && state !== before)
      broken('a late answer changes nothing', event);
    this.hidesNames(model, event, before);
    this.keepsBasket(model);
    this.saysWhatIsLost(event, before, state);
    this.keepsParked(model, event, before);
    const { goods } = model.world;
    if (
      goods !== null &&
      'visit' in state.place &&
      state.place.visit.lines.some(({ goodsId }) => !goods.has(goodsId))
    )
      broken('no goods are sold that are not on the shelf', state.place);
    for (const isGood of [true, false])
      if (!isWayHome(model, isGood)) broken('nobody is locked in', [isGood, state.place, state.owed]);
  }

  private hidesNames({ state, disk, outbox }: Model, event: CounterEvent, before: CounterState): void {
    const baskets = [disk.basket, disk.parked, state.aside, state.undoable];
    const kept = [baskets, [...outbox.disk.values()].map(({ owed }) => owed), state.owed];
    if (namesIn(kept).length > 0 || JSON.stringify(baskets).includes(String(BALANCE)))
      broken('names and balances are kept nowhere', kept);
    const isObeyed = event.is !== 'left' || before.place.at !== 'sending';
    if (
      ['left', 'idle', 'shut', 'signOut', 'locked'].includes(event.is) &&
      isObeyed &&
      event.is !== 'signOut'
    )
      if (namesIn(state).length > 0) broken('a name leaves the screen with its household', [event, state]);
    this.showsWhoIsMeant(state, event, before);
  }

  private showsWhoIsMeant(state: CounterState, event: CounterEvent, before: CounterState): void {
    if (event.is === 'asked' && state.place.at === 'looking') {
      const { same } = state.place;
      const mayStay = same !== null && JSON.stringify(same.asked) === JSON.stringify(event.question);
      if (namesIn(state).length > 0 && !mayStay) broken('another card takes the name off the screen', state);
    }
    if (event.is === 'notFound' && before.place.at === 'looking' && before.place.same === null)
      if (namesIn(state).length > 0) broken('nobody is on the screen who was not found', state);
    if (event.is === 'found' && before.place.at === 'looking' && state !== before) {
      const { question } = before.place;
      const { id, number } = event.household;
      const isAsked = 'card' in question ? question.card === cardOf(id as Id) : question.number === number;
      if (!isAsked) broken('who is found was asked for', [question, id]);
      if (namesIn(state).some((one) => one !== id)) broken('who is found is on the screen', state);
    }
  }

  /** An unsent basket is on the disk, whole; and what is on the disk is known to the screen. */
  private keepsBasket({ state, disk, outbox }: Model): void {
    const { place } = state;
    // After a power cut the basket of a row may be there still: no page brings it back.
    const isRow = (key: string) => outbox.disk.has(key) || state.owed.some((one) => one.key === key);
    const onDisk = disk.basket !== null && isRow(disk.basket.key) ? null : disk.basket;
    if (place.at === 'sending' && place.step !== 'reach') return;
    const reaching = place.at === 'sending' && place.beneath.at === 'serving' ? place.beneath.visit : null;
    const visit = visitOf(state) ?? reaching;
    const inHand = visit !== null && visit.lines.length > 0 ? visit : state.aside;
    const isReachedFor = place.at === 'sending' && inHand === null;
    if (!isReachedFor && essence(inHand) !== essence(onDisk))
      broken('an unsent basket is on the disk, whole', [place, state.aside, disk.basket]);
  }

  /** Baskets that stepped aside are on the disk, few, each in one place, and none goes without a word. */
  private keepsParked({ state, disk, world }: Model, event: CounterEvent, before: CounterState): void {
    const keys = state.parked.map(({ key }) => key);
    if (
      !state.isParkedStale &&
      JSON.stringify(disk.parked.map(essence)) !== JSON.stringify(state.parked.map(essence))
    )
      broken('baskets that stepped aside are on the disk', [state.parked, disk.parked]);
    if (keys.length > 5 || new Set(keys).size < keys.length) broken('few step aside, and each once', keys);
    const { place } = state;
    const visit =
      visitOf(state) ??
      (place.at === 'sending' && place.beneath.at === 'serving' ? place.beneath.visit : null);
    const elsewhere = [visit?.key, state.aside?.key, place.at === 'sending' ? place.owed.key : undefined];
    const inTwo = [...state.owed.map(({ key }) => key), ...elsewhere].find((key) => keys.includes(key ?? ''));
    if (inTwo !== undefined) broken('a basket is in one place', [inTwo, state]);
    if (
      event.is === 'aged' &&
      state.parked.some(({ changedAtMs }) => world.nowMs - changedAtMs > 30 * 60_000)
    )
      broken('what nobody came back for ends', state.parked);
    const gone = before.parked.filter(({ key }) => !keys.includes(key) && visit?.key !== key);
    if (gone.length > 0 && !JSON.stringify(state.notice).includes('parkedEnded'))
      broken('no basket that stepped aside goes without a word', [gone, event]);
  }

  /** N4: what was scanned for a card is added to its basket, or it is said that it was not. */
  private saysWhatIsLost(event: CounterEvent, before: CounterState, state: CounterState): void {
    if (before.place.at !== 'looking' || state === before) return;
    const waiting = before.place.ahead.length + before.place.lost;
    if (state.place.at === 'looking') {
      const now = state.place.ahead.length + state.place.lost;
      if (now < waiting) broken('goods scanned ahead are remembered', state.place);
      return;
    }
    if (!['found', 'notFound', 'shut'].includes(event.is) || waiting === 0) return;
    const pieces = (lines: Visit['lines'] = []) => lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const visit = visitOf(state);
    const waited = [before.aside, ...before.parked].find((one) => one !== null && one.key === visit?.key);
    const had = before.place.same ?? waited;
    const added = pieces(visit?.lines) - pieces(had?.lines);
    const said = JSON.stringify(state.notice);
    if (added < waiting && !/aheadLost|goodsGone|soldOut|limit|pointsShort|needsNetwork/.test(said))
      broken('goods that were not added are spoken of', [before.place, event.is, state.place, state.notice]);
  }
}

function isLate(before: CounterState, event: CounterEvent & { turn: number }): boolean {
  return event.turn !== (event.is === 'recent' ? before.recentTurn : before.turn);
}

/** A few events lead to the page that waits for a card: by good answers, or without any. */
function isWayHome({ state, transition, world }: Model, isGood: boolean): boolean {
  const most = 4 + 4 * state.owed.length;
  let steps = 0;
  for (let now = state; now.place.at !== 'waiting' && steps <= most; steps += 1)
    [now] = transition(now, nextHome(now, isGood), world);
  return steps <= most;
}

function nextHome({ place, turn }: CounterState, isGood: boolean): CounterEvent {
  if (place.at === 'shut') return { is: 'opened' };
  if (place.at === 'looking') return { is: 'notFound', turn, failure: lost };
  if (place.at !== 'sending') return { is: 'left' };
  if (place.step === 'reach') return { is: 'reached', turn, isThere: isGood };
  if (place.step === 'keep') return { is: 'kept', turn, isKept: isGood, rowNumber: 1 };
  if (place.step === 'note') return { is: 'noted', turn, isKept: true, rowNumber: 1 };
  if (isGood) return { is: 'answered', turn, result: booked(redemption('r', 'A')) };
  return place.isOverdue ? { is: 'giveUp' } : { is: 'overdue', turn };
}

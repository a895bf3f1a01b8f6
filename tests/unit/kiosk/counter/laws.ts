import { afterAttempt, type Sending } from '../../../../client/intent/sending-state.ts';
import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import type { Basket, CounterState, Owed, Visit } from '../../../../client/kiosk/counter/state.ts';
import type { Model, Watcher } from './model.ts';
import {
  answer,
  BALANCE,
  cardOf,
  type Id,
  lost,
  namesIn,
  pointsShort,
  redemption,
  shelf,
} from './shop-of-three.ts';

/** A key as it is known from outside of the machine: by the requests and answers that the model saw. */
interface Known {
  readonly owed: Owed;
  readonly text: string;
  /** An attempt was left unclear, or no answer came to this page. */
  isUnclear: boolean;
  /** An attempt is on its way, and the page that would hear of it is still there. */
  isAsked: boolean;
  /** Booked, refused, or booked otherwise: it is over. */
  end: 'booked' | 'refused' | 'booked_otherwise' | 'left' | null;
}

function broken(law: string, detail: unknown): never {
  throw new Error(`${law}: ${JSON.stringify(detail)}`);
}

const CONFIRMING: readonly CounterEvent['is'][] = ['confirm', 'pinRight', 'vouchRight'];

/** The laws of the counter, written without a look at how the machine keeps them. */
export class Laws implements Watcher {
  private readonly sent = new Map<string, Known>();
  /** Written to the disk, and neither sent nor taken back yet: a reload may find it. */
  private readonly writing = new Set<string>();
  private readonly refusedProofs = new Set<string>();
  private readonly refusedPresences = new Set<string>();
  private hasReached = false;
  private isWhole = true;
  private confirmedTotal: number | null = null;

  before(model: Model, event: CounterEvent): void {
    this.isWhole = false;
    if (event.is === 'reached') this.hasReached = event.isThere && event.turn === model.state.turn;
    const { place } = model.state;
    if (CONFIRMING.includes(event.is) && 'visit' in place) this.confirmedTotal = totalOf(place.visit, model);
    if (event.is === 'answered' && event.turn === model.state.turn) this.hear(model, event);
    if ((event.is === 'giveUp' || event.is === 'shut') && place.at === 'sending') {
      const known = this.sent.get(place.sending.key);
      // Given up while every attempt said that nothing moved, and none is on its way.
      if (known && !known.isUnclear && !known.isAsked) known.end ??= 'left';
    }
  }

  private hear({ state }: Model, { outcome }: Extract<CounterEvent, { is: 'answered' }>): void {
    const key = state.place.at === 'sending' ? state.place.sending.key : '';
    const known = this.sent.get(key);
    if (!known) return;
    known.isAsked = false;
    const sending: Sending<Owed> = { key, content: known.owed, attempts: 0, isUnclear: known.isUnclear };
    const after = afterAttempt(sending, outcome);
    if (after.is === 'open') known.isUnclear = after.sending.isUnclear;
    else known.end = after.is;
    if (after.is === 'refused' && known.owed.kind === 'kiosk.redeem' && known.owed.content.pinProof !== null)
      this.refusedProofs.add(known.owed.content.pinProof);
    if (after.is === 'refused' && known.owed.kind === 'kiosk.redeem')
      for (const proof of known.owed.content.vouchProofs) this.refusedProofs.add(proof);
    const isAbsent = outcome.kind === 'problem' && outcome.problem.code === 'redemption.absent';
    if (isAbsent && known.owed.kind === 'kiosk.redeem' && known.owed.content.presence !== null)
      this.refusedPresences.add(known.owed.content.presence.token);
  }

  during(model: Model, effect: Effect): void {
    if (effect.do === 'keepOwed') this.beginsWell(effect.owed);
    if (effect.do === 'send') this.goesWell(model, effect.owed);
  }

  private beginsWell(owed: Owed): void {
    if (!this.hasReached) broken('nothing is written before the server was reached', owed);
    this.hasReached = false;
    this.writing.add(owed.key);
    const open = [...this.sent.values()].find(({ end }) => end === null);
    if (open) broken('nothing new begins while something sent is not answered', [open.owed, owed]);
    if (owed.kind !== 'kiosk.redeem') return;
    const { presence, pinProof, householdId, lines, expectedPoints } = owed.content;
    if (expectedPoints !== this.confirmedTotal) broken('what was on the screen is what is sent', owed);
    if (lines.length === 0) broken('no empty basket goes out', owed);
    if (householdId === 'C' && expectedPoints > 700 && pinProof === null)
      broken('above the amount nothing goes out without a PIN', owed);
    this.isKnownWell(owed);
    if (presence !== null && !presence.token.startsWith(`${householdId}-`))
      broken('a presence is its own household’s', owed);
    if (presence !== null && this.refusedPresences.has(presence.token))
      broken('a refused presence is not sent again', owed);
    if (pinProof !== null && !pinProof.startsWith(`${householdId}-`))
      broken('a PIN proves its own household', owed);
    if (pinProof !== null && this.refusedProofs.has(pinProof))
      broken('a refused proof is not sent again', owed);
  }

  /** Without a card: the PIN, or two people for household B, which has none; and one more person while its card is new. */
  private isKnownWell(owed: Owed & { kind: 'kiosk.redeem' }): void {
    const { presence, pinProof, vouchProofs, householdId, expectedPoints } = owed.content;
    const isByNumber = presence?.token.includes('-number-') === true;
    const people = new Set(vouchProofs.map((proof) => proof.split('-')[1]));
    if (isByNumber && householdId !== 'B' && pinProof === null)
      broken('without a card nothing goes out without a PIN', owed);
    if (isByNumber && householdId === 'B' && people.size < 2)
      broken('without card and PIN nothing goes out unless two people vouch', owed);
    if (!isByNumber && presence !== null && householdId === 'B' && people.size < 1)
      broken('while the card is new nothing goes out without a second person', owed);
    if (people.size < vouchProofs.length) broken('one person vouches once', owed);
    for (const proof of vouchProofs) {
      if (!proof.startsWith(`${householdId}-`)) broken('who vouches does so for this household', owed);
      if (Number(proof.split('-')[3]) < expectedPoints)
        broken('who vouches agreed to as much as the basket costs', owed);
      if (this.refusedProofs.has(proof)) broken('a refused vouching is not sent again', owed);
    }
  }

  private goesWell({ state, disk }: Model, owed: Owed): void {
    const text = JSON.stringify(owed.content);
    const known = this.sent.get(owed.key);
    if (known?.end === null && known.text !== text)
      broken('a key is sent with one content', [known.text, text]);
    if (JSON.stringify(disk.rows.get(owed.key)?.content) !== text)
      broken('what is sent is on the disk', owed);
    if (keysInHand(state, disk).includes(owed.key)) broken('what is sent is in no basket', owed);
    if (known?.end === 'booked' || known?.end === 'booked_otherwise')
      broken('what is booked is not sent again', owed);
    this.writing.delete(owed.key);
    // An attempt that is still on its way when it is asked again is one that nobody hears of.
    const isUnclear = known?.end === null && (known.isUnclear || known.isAsked);
    this.sent.set(owed.key, { owed, text, isUnclear, isAsked: true, end: null });
  }

  after(model: Model, event: CounterEvent, before: CounterState): void {
    const { state } = model;
    this.isWhole = true;
    if ('turn' in event && this.isLate(before, event) && state !== before)
      broken('a late answer changes nothing', event);
    if (event.is === 'kept' && state !== before && state.place.at !== 'sending') this.writing.clear();
    this.keepsWhatIsOwed(model);
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
      if (stepsHome(model, isGood) > 4) broken('nobody is locked in', [isGood, state.place, state.owed]);
    if (state.undoable !== null && this.wasUndone(state.undoable.redemptionId))
      broken('what is undone is not offered again', state.undoable);
  }

  private isLate(before: CounterState, event: CounterEvent & { turn: number }): boolean {
    return event.turn !== (event.is === 'recent' ? before.recentTurn : before.turn);
  }

  private wasUndone(id: string): boolean {
    return [...this.sent.values()].some(
      ({ owed, end }) => end === 'booked' && owed.kind === 'kiosk.undo' && owed.content.redemptionId === id,
    );
  }

  /** Law 1, 3, 6: what was sent is remembered until it is known; then it is gone, or back in its basket. */
  private keepsWhatIsOwed({ state, disk }: Model): void {
    const { place } = state;
    const remembered = [
      ...state.owed.map(({ key }) => key),
      ...(place.at === 'sending' ? [place.sending.key] : []),
    ];
    for (const [key, { end, owed }] of this.sent) {
      if (end === null && !(disk.rows.has(key) && remembered.includes(key)))
        broken('what was sent is remembered until it is known', [owed, state.place]);
      const isAgain = place.at === 'sending' && place.sending.key === key;
      if (end !== null && disk.rows.has(key) && !isAgain)
        broken('what is known is asked about no more', owed);
      if (end !== null && end !== 'refused' && end !== 'left' && keysInHand(state, disk).includes(key))
        broken('what is booked is in no basket', owed);
    }
    if (place.at !== 'shut' && state.owed.length > 0 && place.at !== 'sending')
      broken('on duty, what is owed is being asked about', state.owed);
  }

  /** Law 2. */
  private hidesNames({ state, disk }: Model, event: CounterEvent, before: CounterState): void {
    const kept = [...disk.rows.values(), disk.basket, disk.parked, state.aside, state.owed, state.undoable];
    if (namesIn(kept).length > 0 || JSON.stringify(kept).includes(String(BALANCE)))
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

  /** Law 8: an unsent basket is on the disk, whole; and what is on the disk is known to the screen. */
  private keepsBasket({ state, disk }: Model): void {
    const { place } = state;
    if (place.at === 'sending' && place.step !== 'reach') return;
    const reaching = place.at === 'sending' && place.beneath.at === 'serving' ? place.beneath.visit : null;
    const visit = visitOf(state) ?? reaching;
    const inHand = visit !== null && visit.lines.length > 0 ? visit : state.aside;
    const isReachedFor = place.at === 'sending' && inHand === null;
    if (!isReachedFor && essence(inHand) !== essence(disk.basket))
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
    const elsewhere = [visit?.key, state.aside?.key, place.at === 'sending' ? place.sending.key : undefined];
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
    if (added < waiting && !/aheadLost|goodsGone|soldOut|limit|pointsShort/.test(said))
      broken('goods that were not added are spoken of', [before.place, event.is, state.place, state.notice]);
  }

  restarted({ state, disk }: Model): void {
    if (namesIn(state).length > 0) broken('after a reload no name is there', state);
    for (const { key } of state.owed) {
      if (!this.sent.has(key) && !this.writing.has(key)) broken('a reload asks about nothing unsent', key);
      const known = this.sent.get(key);
      // The cut came before the last effect: its row may still be there, and asking again books nothing twice.
      if (known && known.end !== null && this.isWhole && !this.writing.has(key))
        broken('a reload asks about nothing known', key);
    }
    for (const [key, known] of this.sent) {
      if (known.end === null && !disk.rows.has(key))
        broken('a power cut forgets nothing that was sent', known);
    }
    // A page that begins anew knows nothing of earlier attempts, nor whether there were any.
    for (const owed of disk.rows.values()) {
      const text = JSON.stringify(owed.content);
      this.sent.set(owed.key, { owed, text, isUnclear: true, isAsked: false, end: null });
    }
    this.writing.clear();
    this.hasReached = false;
    this.isWhole = true;
  }
}

function visitOf({ place }: CounterState): Visit | null {
  if (place.at === 'serving' || place.at === 'pin' || place.at === 'vouch') return place.visit;
  return place.at === 'looking' ? place.same : null;
}

/** The keys of baskets that can be changed, confirmed or brought back. */
function keysInHand(state: CounterState, disk: Model['disk']): string[] {
  const parked = [...state.parked, ...disk.parked];
  return [visitOf(state), state.aside, disk.basket, ...parked].flatMap((one) =>
    one === null ? [] : [one.key],
  );
}

function essence(basket: Pick<Basket, 'key' | 'lines'> | null): string {
  return basket === null ? '' : JSON.stringify([basket.key, basket.lines]);
}

function totalOf(visit: Visit, { world }: Model): number {
  const goods = world.goods ?? shelf();
  return visit.lines.reduce((sum, line) => sum + line.quantity * (goods.get(line.goodsId)?.price ?? 0), 0);
}

/** How many events lead to the page that waits for a card: by good answers, or by refusals alone. */
function stepsHome({ state, transition, world }: Model, isGood: boolean): number {
  let steps = 0;
  for (let now = state; now.place.at !== 'waiting' && steps <= 4; steps += 1)
    [now] = transition(now, nextHome(now, isGood), world);
  return steps;
}

function nextHome({ place, turn }: CounterState, isGood: boolean): CounterEvent {
  if (place.at === 'shut') return { is: 'opened' };
  if (place.at === 'looking') return { is: 'notFound', turn, failure: lost };
  if (place.at !== 'sending') return { is: 'left' };
  if (place.step === 'reach') return { is: 'reached', turn, isThere: isGood };
  if (place.step === 'keep') return { is: 'kept', turn, isKept: isGood };
  if (place.step === 'pause') return { is: 'askNow' };
  return { is: 'answered', turn, outcome: isGood ? answer(redemption('r', 'A')) : pointsShort };
}

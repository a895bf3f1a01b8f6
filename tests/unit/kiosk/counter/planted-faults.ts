import type { Change, Step } from '../../../../client/kiosk/counter/state-change.ts';
import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import type { CounterState, Place, Underway, World } from '../../../../client/kiosk/counter/state.ts';
import {
  STEPS,
  transition,
  transitionBy,
  type Transition,
} from '../../../../client/kiosk/counter/transition.ts';

type Is = CounterEvent['is'];
type EventOf<E extends Is> = Extract<CounterEvent, { is: E }>;
type Twist<E extends Is> = (change: Change, state: CounterState, event: EventOf<E>, world: World) => Change;

/** The machine with another step for one event: made from what the right step answers. */
function twisting<E extends Is>(is: E, twist: Twist<E>): Transition {
  const right: Step<E> = STEPS[is];
  const wrong: Step<E> = (state, event, world) => twist(right(state, event, world), state, event, world);
  return transitionBy({ ...STEPS, [is]: wrong });
}

/** The machine that stands in another place when an event comes. */
function misjudging(is: Is, see: (state: CounterState, world: World) => CounterState): Transition {
  return (state, event, world) => transition(event.is === is ? see(state, world) : state, event, world);
}

/** The machine whose effects of one kind are left out, everywhere or after one event. */
function without(what: Effect['do'], after?: Is): Transition {
  return (state, event, world) => {
    const [next, effects] = transition(state, event, world);
    if (after !== undefined && event.is !== after) return [next, effects];
    return [next, effects.filter((effect) => effect.do !== what)];
  };
}

/** The machine that makes something else of each place it comes to. */
function spoiling(
  spoil: (place: Place, state: CounterState, before: CounterState, world: World) => Place,
): Transition {
  return (state, event, world) => {
    const [next, effects] = transition(state, event, world);
    return [{ ...next, place: spoil(next.place, next, state, world) }, effects];
  };
}

const WAITING: Place = { at: 'waiting', bringsBack: false };
const inSending = (state: CounterState, sees: (place: Underway) => Underway): CounterState =>
  state.place.at === 'sending' ? { ...state, place: sees(state.place) } : state;
const certain = (place: Underway): Underway => ({
  ...place,
  sending: { ...place.sending, isUnclear: false },
});
const sameTurn = ([next, effects]: Change, { turn }: CounterState): Change => [
  { ...next, turn },
  effects.map((effect) => ('turn' in effect ? { ...effect, turn } : effect)),
];

/** Faults as they might be made by anybody who works on the machine, each by the sentence that it breaks. */
export const FAULTS: Readonly<Record<string, Transition>> = {
  'idleness forgets what is being sent': twisting('idle', ([next, effects], state) =>
    state.place.at === 'sending'
      ? [{ ...next, place: WAITING, turn: next.turn + 1 }, effects]
      : [next, effects],
  ),
  'idleness leaves names on the screen while something is sent': twisting('idle', (change, state) =>
    state.place.at === 'sending' ? [state, []] : change,
  ),
  'leaving is obeyed while something is sent': misjudging('left', (state) =>
    state.place.at === 'sending' ? { ...state, place: state.place.beneath } : state,
  ),
  'a card is looked up while something is sent': misjudging('asked', (state) =>
    state.place.at === 'sending' ? { ...state, place: state.place.beneath } : state,
  ),
  'goods are added while something is sent': misjudging('goods', (state) =>
    state.place.at === 'sending' ? { ...state, place: state.place.beneath } : state,
  ),
  'the end of a shift forgets what is owed': twisting('shut', ([next, effects]) => [
    { ...next, owed: [] },
    effects,
  ]),
  'the end of a shift takes back what is unclear': misjudging('shut', (state) =>
    inSending(state, (place) => (place.step === 'pause' ? certain(place) : place)),
  ),
  'the end of a shift takes back what is on its way': misjudging('shut', (state) =>
    inSending(state, (place) => (place.step === 'ask' ? { ...certain(place), step: 'pause' } : place)),
  ),
  'the end of a shift leaves the household where it is': twisting('shut', ([next, effects], state) => [
    { ...next, place: state.place },
    effects,
  ]),
  'the end of a shift loses the basket': twisting('shut', ([next, effects]) => [
    { ...next, aside: null },
    effects,
  ]),
  'whoever signs in is not told of what is owed': misjudging('opened', (state) => ({ ...state, owed: [] })),
  'whoever signs in serves before what is owed is known': twisting('opened', ([next, effects], state) =>
    state.owed.length > 0 ? [{ ...state, place: WAITING }, effects] : [next, effects],
  ),
  'late answers count': (state, event, world) =>
    transition(
      state,
      'turn' in event ? { ...event, turn: event.is === 'recent' ? state.recentTurn : state.turn } : event,
      world,
    ),
  'a new card does not take the next turn': twisting('asked', (change, state) =>
    change[0] === state ? change : sameTurn(change, state),
  ),
  'asking again does not take the next turn': twisting('paused', (change, state) =>
    change[0] === state ? change : sameTurn(change, state),
  ),
  'closing the PIN does not take the next turn': twisting('pinClosed', (change, state) =>
    sameTurn(change, state),
  ),
  'it is sent before it is on the disk': twisting('reached', ([next, effects]) =>
    next.place.at === 'sending'
      ? [
          { ...next, place: { ...next.place, step: 'ask' } },
          [{ do: 'send', turn: next.turn, owed: next.place.sending.content }],
        ]
      : [next, effects],
  ),
  'it is sent though the disk refused': (state, event, world) =>
    transition(state, event.is === 'kept' ? { ...event, isKept: true } : event, world),
  'it is written though the server cannot be reached': (state, event, world) =>
    transition(state, event.is === 'reached' ? { ...event, isThere: true } : event, world),
  'a refused write is not taken back': without('takeBack', 'kept'),
  'what is given up is not taken back': without('takeBack', 'giveUp'),
  'a refusal takes nothing back': without('takeBack', 'answered'),
  'what was booked is not settled': without('settle'),
  'a lost answer is taken for the end': twisting('answered', ([next, effects], state) =>
    next.place.at === 'sending' && state.place.at === 'sending'
      ? [{ ...next, place: WAITING }, [...effects, { do: 'settle', key: state.place.sending.key }]]
      : [next, effects],
  ),
  'a lost answer brings the basket back': twisting('answered', ([next, effects]) =>
    next.place.at === 'sending' && next.place.beneath.at === 'serving'
      ? [{ ...next, place: next.place.beneath }, effects]
      : [next, effects],
  ),
  'what is unclear can be given up': misjudging('giveUp', (state) => inSending(state, certain)),
  'an unclear attempt is forgotten by the next': misjudging('answered', (state) => inSending(state, certain)),
  'what was sent before a reload counts as sent for the first time': twisting('opened', ([next, effects]) => [
    inSending(next, certain),
    effects,
  ]),
  'a refused basket gets another key': spoiling((place, _, before, { freshKey }) =>
    place.at === 'looking' && place.same !== null && before.place.at === 'sending'
      ? { ...place, same: { ...place.same, key: freshKey } }
      : place,
  ),
  'a basket that comes back gets another key': twisting('found', ([next, effects], state, _, { freshKey }) =>
    state.aside !== null && next.place.at === 'serving'
      ? [{ ...next, place: { ...next.place, visit: { ...next.place.visit, key: freshKey } } }, effects]
      : [next, effects],
  ),
  'the content is priced anew when it is asked again': twisting('paused', ([next, effects]) => [
    next,
    effects.map((effect) =>
      effect.do === 'send' && effect.owed.kind === 'kiosk.redeem'
        ? { ...effect, owed: { ...effect.owed, content: { ...effect.owed.content, expectedPoints: 1 } } }
        : effect,
    ),
  ]),
  'a basket waits for its card while it is sent': twisting('kept', ([next, effects], state) =>
    state.place.at === 'sending' && state.place.beneath.at === 'serving' && next.place.at === 'sending'
      ? [
          { ...next, aside: { ...state.place.beneath.visit, householdId: 'A', householdNumber: '001' } },
          effects,
        ]
      : [next, effects],
  ),
  'a basket that was booked otherwise is offered again': twisting(
    'answered',
    ([next, effects], state, { outcome }) =>
      outcome.kind === 'problem' &&
      outcome.problem.code === 'idempotency.conflict' &&
      state.place.at === 'sending'
        ? [{ ...next, place: state.place.beneath }, effects]
        : [next, effects],
  ),
  'a refused proof stays': spoiling((place, _, before) =>
    place.at === 'looking' &&
    place.same !== null &&
    before.place.at === 'sending' &&
    before.place.beneath.at === 'serving'
      ? { ...place, same: before.place.beneath.visit }
      : place,
  ),
  'a refused presence stays': spoiling((place, _, before) =>
    place.at === 'looking' &&
    place.same !== null &&
    before.place.at === 'sending' &&
    before.place.beneath.at === 'serving'
      ? { ...place, same: { ...place.same, presence: before.place.beneath.visit.presence } }
      : place,
  ),
  'a number counts for a card': (state, event, world) =>
    transition(
      state,
      event.is === 'found'
        ? {
            ...event,
            household: { ...event.household, presence: { ...event.household.presence, how: 'card' } },
          }
        : event,
      world,
    ),
  'the PIN is not asked for': misjudging('confirm', (state) =>
    state.place.at === 'serving'
      ? {
          ...state,
          place: {
            at: 'serving',
            visit: { ...state.place.visit, household: { ...state.place.visit.household, pinAbove: null } },
          },
        }
      : state,
  ),
  'no second person is asked while a card is new': misjudging('confirm', (state) => {
    if (state.place.at !== 'serving') return state;
    const { visit } = state.place;
    return {
      ...state,
      place: { at: 'serving', visit: { ...visit, household: { ...visit.household, newSince: null } } },
    };
  }),
  'one person vouches twice': misjudging('vouch', (state) => {
    if (state.place.at !== 'vouch') return state;
    const { visit } = state.place;
    const vouches = visit.vouches.map((one) => ({ ...one, volunteerId: 'somebody else' }));
    return { ...state, place: { ...state.place, visit: { ...visit, vouches } } };
  }),
  'a vouching for a smaller basket counts for one that grew': misjudging('confirm', (state) => {
    if (state.place.at !== 'serving') return state;
    const { visit } = state.place;
    const vouches = visit.vouches.map((one) => ({ ...one, points: Number.MAX_SAFE_INTEGER }));
    return { ...state, place: { at: 'serving', visit: { ...visit, vouches } } };
  }),
  'a household that cannot be looked up stays on the screen': twisting('asked', ([next, effects], state) =>
    next.place.at === 'looking' && state.place.at === 'serving'
      ? [{ ...next, place: { ...next.place, same: state.place.visit }, aside: null }, effects]
      : [next, effects],
  ),
  'a failed look-up loses the basket that waits': twisting('notFound', ([next, effects]) => [
    { ...next, aside: null },
    effects,
  ]),
  'goods scanned ahead are dropped': misjudging('found', (state) =>
    state.place.at === 'looking' ? { ...state, place: { ...state.place, ahead: [] } } : state,
  ),
  'goods scanned ahead of a failed look-up go without a word': misjudging('notFound', (state) =>
    state.place.at === 'looking' ? { ...state, place: { ...state.place, ahead: [], lost: 0 } } : state,
  ),
  'goods scanned ahead of another card go without a word': twisting('asked', ([next, effects]) => [
    next.place.at === 'looking' ? { ...next, place: { ...next.place, lost: 0 } } : next,
    effects,
  ]),
  'an item that is added is not kept': without('keepAside', 'goods'),
  'an item that is taken out is not kept': without('keepAside', 'less'),
  'a household that leaves leaves its basket on the disk': without('keepAside', 'left'),
  'goods that are no longer handed out stay in the basket': twisting('goodsCame', (_, state) => [state, []]),
  'an undo that was booked is offered again': twisting('answered', ([next, effects], state) => [
    { ...next, undoable: state.undoable },
    effects,
  ]),
  'an older list of redemptions counts': (state, event, world) =>
    transition(state, event.is === 'recent' ? { ...event, turn: state.recentTurn } : event, world),
  'an undo that is refused takes the basket beside it along': twisting(
    'answered',
    ([next, effects], state) =>
      state.place.at === 'sending' &&
      state.place.sending.content.kind === 'kiosk.undo' &&
      next.place.at === 'serving'
        ? [next, [...effects, { do: 'keepAside', basket: null }]]
        : [next, effects],
  ),
  'each press of an undo is an intent of its own': misjudging('undo', (state, { freshKey }) =>
    state.undoable === null ? state : { ...state, undoable: { ...state.undoable, key: freshKey } },
  ),
  'a basket that steps aside is not written there': without('keepParked', 'park'),
  'a basket that steps aside stays in its old place': without('keepAside', 'park'),
  'a basket that steps aside is lost': twisting('park', ([next, effects], { parked }) => [
    { ...next, parked },
    effects,
  ]),
  'a basket that comes back stays aside, too': twisting('found', ([next, effects], { parked }) => [
    { ...next, parked },
    effects.filter((effect) => effect.do !== 'keepParked'),
  ]),
  'a basket that comes back is written nowhere': twisting('found', ([next, effects]) => [
    next,
    effects.filter((effect) => effect.do !== 'keepAside'),
  ]),
  'baskets that nobody came back for end without a word': twisting('aged', ([next, effects], { notice }) => [
    { ...next, notice },
    effects,
  ]),
  'baskets that nobody came back for do not end': twisting('aged', (_, state) => [state, []]),
  'a locked screen shows the household': twisting('locked', (_, state) => [state, []]),
  'a basket is lost when the screen is locked': twisting('locked', ([next, effects], { parked }) => [
    { ...next, parked },
    effects,
  ]),
  'an undo closes no dialog': twisting('undo', ([next, effects], { overlay }) => [
    { ...next, overlay },
    effects,
  ]),
};

/** Faults that the laws cannot find, and why: what they spoil is seen by the tests of the table alone. */
export const UNSEEN: Readonly<Record<string, string>> = {
  'each press of an undo is an intent of its own':
    'nothing is pressed while one is on its way, and the server undoes a redemption once whatever the key',
  'asking again does not take the next turn': 'the answer before it has taken one, and a pause ends once',
  'closing the PIN does not take the next turn':
    'asking for it again takes one, and nobody else asks for a proof',
  'an undo closes no dialog': 'dialogs hold nothing that is sent or kept',
};

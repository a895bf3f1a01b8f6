import type { Change, Step } from '../../../../client/kiosk/counter/state-change.ts';
import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import { hereEnded } from '../../../../client/kiosk/counter/redeem-outcome.ts';
import { withdrawn } from '../../../../client/kiosk/counter/row-under-way.ts';
import type { CounterState, Place, Underway, Visit, World } from '../../../../client/kiosk/counter/state.ts';
import { basketAgain } from '../../../../client/kiosk/counter/visit.ts';
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
  return onTime((state, event, world) =>
    transition(event.is === is ? see(state, world) : state, event, world),
  );
}

/** The machine that is wrong, but for answers that come too late: these change nothing. */
function onTime(wrong: Transition): Transition {
  return (state, event, world) => {
    const turn = event.is === 'recent' ? state.recentTurn : state.turn;
    return 'turn' in event && event.turn !== turn ? [state, []] : wrong(state, event, world);
  };
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
  return onTime((state, event, world) => {
    const [next, effects] = transition(state, event, world);
    return [{ ...next, place: spoil(next.place, next, state, world) }, effects];
  });
}

/** The machine in a world that is seen wrongly. */
function seeing(see: (world: World) => World): Transition {
  return (state, event, world) => transition(state, event, see(world));
}

/** The machine whose basket keeps the key of its row after this event. */
function keepingKey(is: 'kept' | 'noted' | 'answered'): Transition {
  return (state, event, world) => {
    const { place } = state;
    const key = event.is === is && place.at === 'sending' ? place.owed.key : world.freshKey;
    return transition(state, event, { ...world, freshKey: key });
  };
}

const inVisit = (state: CounterState, sees: (visit: Visit) => Visit): CounterState =>
  state.place.at === 'serving'
    ? { ...state, place: { at: 'serving', visit: sees(state.place.visit) } }
    : state;
const byCard = (visit: Visit): Visit => ({
  ...visit,
  presence: visit.presence && { ...visit.presence, how: 'card' },
});
const WAITING: Place = { at: 'waiting', bringsBack: false };
const inSending = (state: CounterState, sees: (place: Underway) => Underway): CounterState =>
  state.place.at === 'sending' ? { ...state, place: sees(state.place) } : state;
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
  'the end of a shift takes back what is on its way': misjudging('shut', (state) =>
    inSending(state, (place) => (place.step === 'ask' ? { ...place, step: 'reach' } : place)),
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
  'noting an end does not take the next turn': twisting('overdue', (change, state) =>
    change[0] === state ? change : sameTurn(change, state),
  ),
  'closing the PIN does not take the next turn': twisting('pinClosed', (change, state) =>
    sameTurn(change, state),
  ),
  'it is shown as done before it is on the disk': twisting('confirm', ([next, effects], _, __, world) =>
    next.place.at === 'sending' && next.place.how === 'here'
      ? [hereEnded(next, next.place, 1, world)[0], effects]
      : [next, effects],
  ),
  'it asks though the disk refused': (state, event, world) =>
    transition(state, event.is === 'kept' ? { ...event, isKept: true } : event, world),
  'it ends though the disk refused': (state, event, world) =>
    transition(state, event.is === 'noted' ? { ...event, isKept: true } : event, world),
  'it asks though the server cannot be reached': (state, event, world) =>
    transition(state, event.is === 'reached' ? { ...event, isThere: true } : event, world),
  'a row that is not kept keeps its key': keepingKey('kept'),
  'a row that is given up keeps its key': keepingKey('noted'),
  'a refused row keeps its key': keepingKey('answered'),
  'the basket of a row that is not kept is not written anew': without('keepAside', 'kept'),
  'the basket of a row that is given up is not written anew': without('keepAside', 'noted'),
  'the basket of a refused row is not written anew': without('keepAside', 'answered'),
  'a row is given up without a note': twisting('giveUp', ([next, effects], state, _, world) =>
    next.place.at === 'sending' && next.place.step === 'note'
      ? withdrawn([state, []], next.place, world)
      : [next, effects],
  ),
  'a row is handed out without a note': twisting('overdue', ([next, effects], state, _, world) =>
    next.place.at === 'sending' && next.place.step === 'note'
      ? hereEnded(state, next.place, 1, world)
      : [next, effects],
  ),
  'no answer in time is taken for a refusal': twisting('overdue', ([next, effects], _, __, world) =>
    next.place.at === 'sending' && next.place.step === 'ask'
      ? withdrawn([next, effects], next.place, world)
      : [next, effects],
  ),
  'a row that is overdue shows the name': twisting('idle', ([next, effects], state) =>
    state.place.at === 'sending' && state.place.isOverdue && next.place.at === 'sending'
      ? [{ ...next, place: { ...next.place, beneath: state.place.beneath } }, effects]
      : [next, effects],
  ),
  'a row that ended here comes back as a basket': (state, event, world) =>
    transition(
      state,
      event.is === 'answered' && event.result.is === 'ended' ? { ...event, result: { is: 'gone' } } : event,
      world,
    ),
  'an undo that ended here is offered again': twisting('answered', ([next, effects], state, { result }) =>
    result.is === 'ended' ? [{ ...next, undoable: state.undoable }, effects] : [next, effects],
  ),
  'an undo that is over keeps its key': onTime((state, event, world) => {
    const [next, effects] = transition(state, event, world);
    const { undoable } = state;
    const isSame = undoable !== null && next.undoable?.undoes === undoable.undoes;
    const isOver = isSame && ['kept', 'noted', 'answered'].includes(event.is);
    return [isOver ? { ...next, undoable } : next, effects];
  }),
  'a hand-over ends here above the amount of the household': seeing((world) => ({
    ...world,
    withoutNetwork: world.withoutNetwork && { ...world.withoutNetwork, household: 1_000_000 },
  })),
  'a hand-over ends here above the amount of the counter': seeing((world) => ({
    ...world,
    withoutNetwork: world.withoutNetwork && { ...world.withoutNetwork, left: 1_000_000 },
  })),
  'what was handed out here does not count': seeing((world) => ({
    ...world,
    withoutNetwork: world.withoutNetwork && { ...world.withoutNetwork, spentHere: () => 0 },
  })),
  'what was booked since the look-up does not count': seeing((world) => ({
    ...world,
    withoutNetwork: world.withoutNetwork && { ...world.withoutNetwork, bookedHere: () => 0 },
  })),
  'a hand-over ends here where the village allows none': seeing((world) => ({
    ...world,
    withoutNetwork: world.withoutNetwork ?? {
      ...{ household: 1_000_000, left: 1_000_000, spentHere: () => 0, bookedHere: () => 0 },
    },
  })),
  'without network a number is enough': misjudging('confirm', (state, { isConnected }) =>
    isConnected ? state : inVisit(state, byCard),
  ),
  'without network the own household is handed out to': misjudging('confirm', (state) =>
    inVisit(state, (visit) => ({ ...visit, household: { ...visit.household, isOwn: false } })),
  ),
  'without network one of two people who vouch is enough': misjudging('confirm', (state, { isConnected }) =>
    isConnected ? state : inVisit(state, (visit) => (visit.vouches.length > 0 ? byCard(visit) : visit)),
  ),
  'a card of the copy counts for the server': misjudging('confirm', (state, { isConnected }) =>
    isConnected
      ? inVisit(state, ({ household: { copiedAtMs: _, ...household }, ...visit }) => ({
          ...visit,
          household,
        }))
      : state,
  ),
  'what a household had at another counter is forgotten': onTime((state, event, world) =>
    transition(
      event.is === 'handOut' || event.is === 'overdue'
        ? inSending(state, (place) => ({ ...place, known: null }))
        : state,
      event,
      world,
    ),
  ),
  'a basket comes back beside its row': (state, event, world) =>
    transition(
      event.is === 'opened' && state.owed[0]?.kind === 'kiosk.redeem'
        ? { ...state, aside: basketAgain(state.owed[0], world, null) }
        : state,
      event,
      world,
    ),
  'a basket that comes back gets another key': twisting('found', ([next, effects], state, _, { freshKey }) =>
    state.aside !== null && next.place.at === 'serving'
      ? [{ ...next, place: { ...next.place, visit: { ...next.place.visit, key: freshKey } } }, effects]
      : [next, effects],
  ),
  'a row is priced anew when it is asked again': twisting('opened', ([next, effects]) => [
    inSending(next, (place) => ({ ...place, owed: { ...place.owed, key: `${place.owed.key}-again` } })),
    effects,
  ]),
  'a basket waits for its card while it is sent': twisting('kept', ([next, effects], state) =>
    state.place.at === 'sending' && state.place.beneath.at === 'serving' && next.place.at === 'sending'
      ? [
          { ...next, aside: { ...state.place.beneath.visit, householdId: 'A', householdNumber: '001' } },
          effects,
        ]
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
      state.place.at === 'sending' && state.place.owed.kind === 'kiosk.undo' && next.place.at === 'serving'
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
  'noting an end does not take the next turn': 'each step hears the answers to its own question alone',
  'closing the PIN does not take the next turn':
    'asking for it again takes one, and nobody else asks for a proof',
  'an undo closes no dialog': 'dialogs hold nothing that is sent or kept',
};

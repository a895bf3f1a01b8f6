import { also, type Change, goTo, stay, tell } from './state-change.ts';
import { serve } from './serving-steps.ts';
import {
  type Beneath,
  type CounterState,
  type Household,
  NOTHING_OVER,
  type Owed,
  type Underway,
  type World,
} from './state.ts';
import { undoOver } from './undo-over.ts';
import { basketAgain } from './visit.ts';
import { ANSWER_DUE_MS } from './without-network.ts';

/** `how` here: nobody is asked, the row says at once that it was done. */
export function beginSending(
  state: CounterState,
  owed: Owed,
  beneath: Beneath,
  how: 'here' | null = null,
): Change {
  const known =
    owed.kind === 'kiosk.redeem' && beneath.at === 'serving' ? knownOf(beneath.visit.household) : null;
  const place: Underway = { at: 'sending', owed, step: 'reach', how, isOverdue: false, known, beneath };
  const begun = { ...state, notice: null, overlay: NOTHING_OVER };
  if (how === 'here') return keep(begun, place);
  const next = goTo(begun, place);
  return [next, [{ do: 'reach', turn: next.turn }]];
}

/** Asks about the first row that has no answer: it was made before a reload or a change of shift. */
export function askOwed(state: CounterState): Change | null {
  const [first, ...rest] = state.owed;
  if (!first) return null;
  const beneath: Beneath = { at: 'waiting', bringsBack: false };
  const found = { step: 'ask', how: null, isOverdue: true, known: null } as const;
  const place: Underway = { at: 'sending', owed: first, ...found, beneath };
  return ask({ ...state, owed: rest }, place);
}

/** Nothing was handed out: the basket is back under a key that no row has. */
export function withdrawn(change: Change, place: Underway, world: World): Change {
  const { owed } = place;
  if (owed.kind === 'kiosk.undo')
    return backToEye([undoOver(change[0], owed, world.freshKey), change[1]], place, world);
  const back = backToEye(change, place, world, 'fresh');
  const { place: now, aside } = back[0];
  if (now.at !== 'waiting' || aside === null) return back;
  return also(back[0].notice === null ? tell(back, { kind: 'info', name: 'basketWaits' }) : back, {
    do: 'keepAside',
    basket: aside,
  });
}

/**
 * Shows again what was beneath. If the household has left the screen meanwhile, its basket waits for its card. A basket
 * whose row is over (`fresh`) gets another key; one that went out (`gone`) does not come back.
 */
export function backToEye(
  [state, effects]: Change,
  { owed, beneath }: Underway,
  world: World,
  basket: 'same' | 'fresh' | 'gone' = 'same',
): Change {
  const { freshKey } = world;
  if (owed.kind === 'kiosk.undo' || basket === 'gone') {
    if (beneath.at === 'serving' && owed.kind === 'kiosk.undo')
      return serve([state, effects], beneath.visit, world);
    const place = beneath.at === 'serving' ? ({ at: 'waiting', bringsBack: false } as const) : beneath;
    return [goTo(state, place), effects];
  }
  if (beneath.at === 'serving') {
    if (basket === 'same') return serve([state, effects], beneath.visit, world);
    const visit = { ...beneath.visit, key: freshKey };
    const again = basketAgain({ ...owed, key: freshKey }, world, visit.presence);
    return serve([state, [...effects, { do: 'keepAside', basket: again }]], visit, world);
  }
  const key = basket === 'same' ? owed.key : freshKey;
  return [goTo({ ...state, aside: basketAgain({ ...owed, key }, world, null) }, beneath), effects];
}

export function underway({ place }: CounterState, step: Underway['step']): Underway | null {
  return place.at === 'sending' && place.step === step ? place : null;
}

function knownOf({ redeemedToday, isOwn = false }: Household): Underway['known'] {
  return { redeemedToday, isOwn };
}

export function keep(state: CounterState, place: Underway): Change {
  const next = goTo(state, { ...place, step: 'keep' });
  return [
    next,
    [{ do: 'keepRow', turn: next.turn, owed: place.owed, how: place.how === 'here' ? 'here' : null }],
  ];
}

export function ask(state: CounterState, place: Underway): Change {
  const next = goTo(state, { ...place, step: 'ask' });
  const { turn } = next;
  const due = place.isOverdue ? [] : [{ do: 'wait', turn, ms: ANSWER_DUE_MS } as const];
  return [next, [{ do: 'awaitAnswer', turn, owed: place.owed }, ...due]];
}

export function note(state: CounterState, place: Underway, how: 'here' | 'given_up'): Change {
  const next = goTo({ ...state, notice: null }, { ...place, step: 'note', how });
  return [next, [{ do: 'noteEnd', turn: next.turn, key: place.owed.key, how }]];
}

export function wake(state: CounterState): Change {
  return underway(state, 'ask') === null ? stay(state) : [state, [{ do: 'wake' }]];
}

/** One thing is known; the next row without an answer is asked about before anybody is served. */
export function goOn([state, effects]: Change): Change {
  const next = state.place.at === 'shut' ? null : askOwed(state);
  if (next !== null) return also([next[0], effects], ...next[1]);
  const isForgotten = state.aside !== null && state.place.at === 'done' && state.notice === null;
  return isForgotten ? tell([state, effects], { kind: 'info', name: 'basketWaits' }) : [state, effects];
}

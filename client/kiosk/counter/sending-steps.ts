import { firstSending, interruptedSending } from '../../intent/sending-state.ts';
import type { NoticeName } from '../notice.ts';
import { also, type Change, goTo, stay, type Steps, tell } from './state-change.ts';
import { serve } from './serving-steps.ts';
import {
  type Beneath,
  type CounterState,
  NOTHING_OVER,
  type Owed,
  type Underway,
  type World,
} from './state.ts';
import { basketAgain } from './visit.ts';

/** On its way: the server is reached, it is kept on the disk, and then it is asked until it is known what became of it. */
export const sendingSteps: Steps<'reached' | 'kept' | 'paused' | 'askNow' | 'giveUp' | 'networkCame'> = {
  reached(state, { isThere }, world) {
    const place = underway(state, 'reach');
    if (place === null) return stay(state);
    if (!isThere) return backToEye(sayNot(state, place, 'offline', 'offlineUndo'), place, world);
    const next = goTo(state, { ...place, step: 'keep' });
    return [next, [{ do: 'keepOwed', turn: next.turn, owed: place.sending.content }]];
  },

  kept(state, { isKept }, world) {
    const place = underway(state, 'keep');
    if (place === null) return stay(state);
    if (isKept) return ask(state, place);
    // A write that was refused may be there all the same: it is taken back before anything else happens.
    return takeBack(sayNot(state, place, 'notKept', 'notKeptUndo'), place, world);
  },

  paused: (state) => askAgain(state),
  askNow: (state) => askAgain(state),

  networkCame(state, _, world) {
    const isUnstocked = world.goods === null && state.place.at !== 'shut';
    const change = askAgain(state);
    return isUnstocked ? also(change, { do: 'refreshGoods' }) : change;
  },

  giveUp(state, _, world) {
    const place = underway(state, 'pause');
    if (place === null || place.sending.isUnclear) return stay(state);
    const back = takeBack(stay(state), place, world);
    const isAside = place.sending.content.kind === 'kiosk.redeem' && back[0].place.at === 'waiting';
    return isAside ? tell(back, { kind: 'info', name: 'basketWaits' }) : back;
  },
};

export function beginSending(state: CounterState, owed: Owed, beneath: Beneath): Change {
  const sending = firstSending(owed.key, owed);
  const place: Underway = { at: 'sending', sending, step: 'reach', beneath };
  const next = goTo({ ...state, notice: null, overlay: NOTHING_OVER }, place);
  return [next, [{ do: 'reach', turn: next.turn }]];
}

/** Asks about the first of what is owed: it was sent before a reload or a change of shift. */
export function askOwed(state: CounterState): Change | null {
  const [first, ...rest] = state.owed;
  if (!first) return null;
  const sending = interruptedSending(first.key, first);
  const beneath: Beneath = { at: 'waiting', bringsBack: false };
  return ask({ ...state, owed: rest }, { at: 'sending', sending, step: 'ask', beneath });
}

/** Not sent after all, or given up while it is certain that nothing moved: the row goes and the basket is back. */
export function takeBack(change: Change, place: Underway, world: World): Change {
  const { content: owed, key } = place.sending;
  const basket = owed.kind === 'kiosk.redeem' ? basketAgain(owed, world) : null;
  return backToEye(also(change, { do: 'takeBack', key, basket }), place, world);
}

/** Shows again what was beneath. If the household has left the screen meanwhile, its basket waits for its card. */
export function backToEye([state, effects]: Change, { sending, beneath }: Underway, world: World): Change {
  if (beneath.at === 'serving') return serve([state, effects], beneath.visit, world);
  const { content: owed } = sending;
  const aside = owed.kind === 'kiosk.redeem' ? basketAgain(owed, world) : state.aside;
  return [goTo({ ...state, aside }, beneath), effects];
}

export function underway({ place }: CounterState, step: Underway['step']): Underway | null {
  return place.at === 'sending' && place.step === step ? place : null;
}

function ask(state: CounterState, place: Underway): Change {
  const next = goTo(state, { ...place, step: 'ask' });
  return [next, [{ do: 'send', turn: next.turn, owed: place.sending.content }]];
}

function askAgain(state: CounterState): Change {
  const place = underway(state, 'pause');
  return place === null ? stay(state) : ask(state, place);
}

function sayNot(state: CounterState, { sending }: Underway, redeem: NoticeName, undo: NoticeName): Change {
  const name = sending.content.kind === 'kiosk.redeem' ? redeem : undo;
  return tell(stay(state), { kind: 'warn', name });
}

import type { Effect } from './effects.ts';
import { leave } from './leave-steps.ts';
import { lookUpAgain, visitAt } from './look-up-steps.ts';
import { also, type Change, goTo, refuse, stay, type Steps, tell, tellToo } from './state-change.ts';
import { type Basket, type CounterState, NOTHING_OVER, type World } from './state.ts';
import { basketOf } from './visit.ts';

/** So many households may step aside with their baskets. */
export const PARKED_MOST = 5;
/** A basket that nobody came back for is put down after so long. */
const PARKED_MS = 30 * 60_000;

/** A household steps aside with its basket, and its card or a tap brings it back. */
export const parkSteps: Steps<'park' | 'unpark' | 'aged'> = {
  park(state, _, world) {
    const { place, parked } = state;
    if (place.at !== 'serving' || place.visit.lines.length === 0) return stay(state);
    if (parked.length >= PARKED_MOST) return refuse(state, 'parkedFull', { n: PARKED_MOST });
    return tell(putAside(state, world), { kind: 'info', name: 'parked' });
  },

  unpark(state, { key }, { isShiftOver = false }) {
    const { place } = state;
    if (isShiftOver) return refuse(state, 'shiftOver');
    const basket = state.parked.find((one) => one.key === key);
    if (!basket || (place.at !== 'waiting' && place.at !== 'done')) return stay(state);
    const cleared = stay({ ...state, overlay: NOTHING_OVER, notice: null });
    const asked = lookUpAgain(cleared, { number: basket.householdNumber }, { why: 'back' });
    return also(asked, { do: 'forgetPaper' });
  },

  aged(state, _, { nowMs }) {
    const standing = state.parked.filter(({ changedAtMs }) => nowMs - changedAtMs <= PARKED_MS);
    if (standing.length === state.parked.length) return stay(state);
    const numbers = state.parked.filter((one) => !standing.includes(one)).map((one) => one.householdNumber);
    return tellToo(park(stay(state), standing), 'parkedEnded', { numbers: numbers.join('、') });
  },
};

/** The volunteer steps away: nothing of a household stays on the screen, and its basket is put aside. */
export function hideVisit(state: CounterState, world: World): Change {
  const visit = visitAt(state);
  if (visit === null || visit.lines.length === 0) return leave(state);
  if (state.parked.length < PARKED_MOST) return putAside(state, world);
  // No room is left: it waits for its card like a basket that was interrupted, and is on the disk already.
  const waiting = goTo({ ...state, aside: basketOf(visit), overlay: NOTHING_OVER }, NOBODY);
  return tell([waiting, [{ do: 'forgetPaper' }]], { kind: 'info', name: 'basketWaits' });
}

const NOBODY = { at: 'waiting', bringsBack: false } as const;

/** Its row is written among those that stepped aside before it leaves the other place: a power cut finds it twice, not never. */
function putAside(state: CounterState, { nowMs }: World): Change {
  const visit = visitAt(state);
  const basket = visit === null ? null : basketOf(visit);
  if (basket === null) return stay(state);
  const waiting = goTo({ ...state, overlay: NOTHING_OVER, notice: null }, NOBODY);
  const kept = park(stay(waiting), [...state.parked, { ...basket, changedAtMs: nowMs }]);
  const aside: Effect = { do: 'keepAside', basket: state.aside };
  return also(kept, aside, { do: 'forgetPaper' });
}

export function park([state, effects]: Change, parked: readonly Basket[]): Change {
  return [{ ...state, parked }, [...effects, { do: 'keepParked', baskets: parked }]];
}

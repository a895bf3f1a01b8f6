import type { Effect } from './effects.ts';
import { also, type Change, goTo, stay, type Steps, tell } from './state-change.ts';
import { visitAt } from './look-up-steps.ts';
import { type CounterState, NOTHING_OVER } from './state.ts';
import { basketOf } from './visit.ts';

/** The household leaves the screen: sent away, or because nobody has touched anything for a minute. */
export const leaveSteps: Steps<'left' | 'idle' | 'signOut'> = {
  left: (state) => leave(state),

  idle(state) {
    if (state.place.at === 'sending') return hideNames(state);
    const hadBasket = (visitAt(state)?.lines.length ?? 0) > 0;
    const left = leave(state);
    return hadBasket ? tell(left, { kind: 'info', name: 'timeUp' }) : left;
  },

  signOut(state, { counts }) {
    if (state.place.at === 'sending' || state.place.at === 'shut') return stay(state);
    return also(leave(state), { do: 'endShift', ...(counts ? { counts } : {}) });
  },
};

export function leave(state: CounterState): Change {
  const { place } = state;
  if (place.at === 'sending') return stay(state);
  const cleared = { ...state, overlay: NOTHING_OVER, notice: null };
  const forget: Effect = { do: 'forgetPaper' };
  if (place.at === 'shut' || place.at === 'waiting') return [cleared, [forget]];
  const left = goTo(cleared, { at: 'waiting', bringsBack: false });
  // A basket that waits for another household's card stays.
  return visitAt(state) === null ? [left, [forget]] : [left, [forget, { do: 'keepAside', basket: null }]];
}

/** Takes the household off the screen without touching the sending. Another household's basket waits for its card. */
export function hideNames(state: CounterState): Change {
  const { place } = state;
  const hidden = { ...state, overlay: NOTHING_OVER };
  if (place.at !== 'sending' || place.beneath.at === 'waiting') return [hidden, [{ do: 'forgetPaper' }]];
  const { owed, beneath } = place;
  const isOther = owed.kind === 'kiosk.undo' && beneath.at === 'serving';
  const aside = isOther ? basketOf(beneath.visit) : state.aside;
  const waiting = { at: 'waiting', bringsBack: false } as const;
  return [{ ...hidden, aside, place: { ...place, beneath: waiting } }, [{ do: 'forgetPaper' }]];
}

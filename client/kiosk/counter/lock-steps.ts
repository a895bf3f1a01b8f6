import { hideNames } from './leave-steps.ts';
import { hideVisit } from './park-steps.ts';
import { stay, type Steps } from './state-change.ts';

/** The screen is locked: what is being sent goes on, and nothing of a household stays to be seen. */
export const lockSteps: Steps<'locked'> = {
  locked(state, _, world) {
    if (state.place.at === 'shut') return stay(state);
    return state.place.at === 'sending' ? hideNames(state) : hideVisit(state, world);
  },
};

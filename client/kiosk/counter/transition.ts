import { type Change, stay, type Step, type Steps } from './state-change.ts';
import { confirmSteps } from './confirm-steps.ts';
import type { CounterEvent } from './events.ts';
import { leaveSteps } from './leave-steps.ts';
import { lookUpSteps } from './look-up-steps.ts';
import { overlaySteps } from './overlay.ts';
import { lockSteps } from './lock-steps.ts';
import { parkSteps } from './park-steps.ts';
import { sendingSteps } from './sending-steps.ts';
import { servingSteps } from './serving-steps.ts';
import { shiftSteps } from './shift.ts';
import type { CounterState, World } from './state.ts';
import { noticeSteps } from './notice-steps.ts';
import { vouchSteps } from './vouch-steps.ts';
import { undoSteps } from './undo-steps.ts';

/** The whole counter: what each event makes of it. */
export const STEPS: Steps = {
  ...shiftSteps,
  ...lookUpSteps,
  ...servingSteps,
  ...confirmSteps,
  ...vouchSteps,
  ...sendingSteps,
  ...undoSteps,
  ...leaveSteps,
  ...parkSteps,
  ...lockSteps,
  ...overlaySteps,
  ...noticeSteps,
};

export type Transition = (state: CounterState, event: CounterEvent, world: World) => Change;

/** Pure: looks at nothing but what it is given, and changes none of it. */
export const transition: Transition = transitionBy(STEPS);

export function transitionBy(steps: Steps): Transition {
  return (state, event, world) => {
    if (isLate(state, event)) return stay(state);
    return (steps[event.is] as Step<CounterEvent['is']>)(state, event, world);
  };
}

/** The one place where answers that come too late, or twice, are dropped. */
function isLate(state: CounterState, event: CounterEvent): boolean {
  if (!('turn' in event)) return false;
  return event.turn !== (event.is === 'recent' ? state.recentTurn : state.turn);
}

import { afterAttempt, pauseMs } from '../../intent/sending-state.ts';
import { also, type Change, goTo, stay, type Steps, tell } from './state-change.ts';
import { redeemEnded } from './redeem-outcome.ts';
import { askOwed, underway } from './sending-steps.ts';
import { undoEnded } from './undo-steps.ts';

/** Takes an attempt's answer: either it settles the redemption or the undo, or the same is asked again after a pause. */
export const answerSteps: Steps<'answered'> = {
  answered(state, { outcome }, world) {
    const place = underway(state, 'ask');
    if (place === null) return stay(state);
    const after = afterAttempt(place.sending, outcome);
    if (after.is === 'open') {
      const next = goTo(state, { ...place, sending: after.sending, step: 'pause' });
      return [next, [{ do: 'pause', turn: next.turn, ms: pauseMs(after.sending) }]];
    }
    const { content: owed } = place.sending;
    const ended =
      owed.kind === 'kiosk.redeem'
        ? redeemEnded(state, place, owed, after, world)
        : undoEnded(state, place, after, world);
    return goOn(ended);
  },
};

/** One thing is known; the next one that is owed is asked about before anybody is served. */
function goOn([state, effects]: Change): Change {
  const next = askOwed(state);
  if (next !== null) return also([next[0], effects], ...next[1]);
  const isForgotten = state.aside !== null && state.place.at === 'done' && state.notice === null;
  return isForgotten ? tell([state, effects], { kind: 'info', name: 'basketWaits' }) : [state, effects];
}

import type { NoticeName } from '../notice.ts';
import { hereEnded, redeemEnded } from './redeem-outcome.ts';
import { ask, backToEye, goOn, keep, note, withdrawn, underway, wake } from './row-under-way.ts';
import { also, type Change, stay, type Steps, tell } from './state-change.ts';
import type { CounterState, Underway } from './state.ts';
import { undoEnded } from './undo-steps.ts';
import { undoOver } from './undo-over.ts';
import { mayHandOutHere } from './without-network.ts';

type Sending =
  'reached' | 'kept' | 'answered' | 'overdue' | 'noted' | 'askNow' | 'handOut' | 'giveUp' | 'networkCame';

/**
 * On its way: the server is reached, the row is on the disk, and then it asks until it is known what became of it. If no
 * answer comes in time, the disk is enough within the village's limits; above them the volunteer waits or gives it up.
 */
export const sendingSteps: Steps<Sending> = {
  reached(state, { isThere }, world) {
    const place = underway(state, 'reach');
    if (place === null) return stay(state);
    if (!isThere) return backToEye(sayNot(state, place, 'offline', 'offlineUndo'), place, world);
    return keep(state, place);
  },

  kept(state, { isKept, rowNumber }, world) {
    const place = underway(state, 'keep');
    if (place === null) return stay(state);
    // A refused write may be there all the same, and is given up then: the basket goes on under another key.
    if (!isKept) return withdrawn(sayNot(state, place, 'notKept', 'notKeptUndo'), place, world);
    const [kept, effects]: Change =
      place.owed.kind === 'kiosk.redeem' ? [state, [{ do: 'keepAside', basket: state.aside }]] : [state, []];
    if (place.how === 'here') return also(hereEnded(kept, place, rowNumber, world), ...effects);
    return also(ask(kept, place), ...effects);
  },

  answered(state, { result }, world) {
    const place = underway(state, 'ask');
    if (place === null) return stay(state);
    const { owed } = place;
    if (result.is === 'ended' && result.how === 'here') {
      const known = owed.kind === 'kiosk.undo' ? undoOver(state, owed, null) : state;
      return goOn(tell(backToEye(stay(known), place, world, 'gone'), { kind: 'info', name: 'recordedHere' }));
    }
    if (result.is === 'gone' || result.is === 'ended') return goOn(withdrawn(stay(state), place, world));
    if (owed.kind === 'kiosk.undo') return goOn(undoEnded(state, place, result, world));
    return goOn(redeemEnded(state, place, { ...owed }, result, world));
  },

  overdue(state, _, world) {
    const place = underway(state, 'ask');
    if (place === null || place.isOverdue) return stay(state);
    if (mayHandOutHere(place, world)) return note(state, place, 'here');
    return stay({ ...state, place: { ...place, isOverdue: true } });
  },

  noted(state, { isKept, rowNumber }, world) {
    const place = underway(state, 'note');
    if (place === null) return stay(state);
    if (!isKept) {
      const again: Underway = { ...place, isOverdue: true, how: null };
      const [asking, effects] = ask(state, again);
      return tell([asking, effects], { kind: 'warn', name: 'notNoted' });
    }
    return goOn(
      place.how === 'here' ? hereEnded(state, place, rowNumber, world) : withdrawn(stay(state), place, world),
    );
  },

  askNow: (state) => wake(state),

  handOut(state, _, world) {
    const place = underway(state, 'ask');
    if (place === null || !place.isOverdue || !mayHandOutHere(place, world)) return stay(state);
    return note(state, place, 'here');
  },

  giveUp(state) {
    const place = underway(state, 'ask');
    return place === null || !place.isOverdue ? stay(state) : note(state, place, 'given_up');
  },

  networkCame(state, _, world) {
    const isUnstocked = world.goods === null && state.place.at !== 'shut';
    const change = wake(state);
    return isUnstocked ? also(change, { do: 'refreshGoods' }) : change;
  },
};

function sayNot(state: CounterState, { owed }: Underway, redeem: NoticeName, undo: NoticeName): Change {
  return tell(stay(state), { kind: 'warn', name: owed.kind === 'kiosk.redeem' ? redeem : undo });
}

import { type Settled, tellsOnlyWhoAsks } from '../../intent/sending-state.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import { also, type Change, goTo, stay, type Steps, tell } from './state-change.ts';
import { backToEye, beginSending } from './sending-steps.ts';
import type { CounterState, Owed, Redemption, Underway, Undoable, World } from './state.ts';

/** The last redemption is taken back, as long as the server allows it. */
export const undoSteps: Steps<'undo' | 'recent'> = {
  undo(state, _, world) {
    const { place, undoable } = state;
    if (undoable === null || (place.at !== 'waiting' && place.at !== 'serving' && place.at !== 'done'))
      return stay(state);
    const { key, redemptionId, householdNumber, points, pieces } = undoable;
    const content = { redemptionId, householdNumber, points, pieces };
    const sent = { about: redemptionId, owner: 'counter', sentAtMs: world.nowMs };
    const owed: Owed = { key, kind: 'kiosk.undo', ...sent, content };
    // A list of redemptions that is on its way does not know of this.
    return beginSending({ ...state, recentTurn: state.recentTurn + 1 }, owed, place);
  },

  recent(state, { items }, world) {
    const [last] = items;
    const undoable = last?.mayUndo === true ? offered(state, last, world) : null;
    const isAsked = state.overlay.dialog === 'undo' && undoable === null;
    // Nothing is left to be undone: the question goes too.
    const overlay = isAsked ? { ...state.overlay, dialog: null } : state.overlay;
    return stay({ ...state, overlay, undoable, recentTurn: state.recentTurn + 1 });
  },
};

export function listRecent([state, effects]: Change): Change {
  const recentTurn = state.recentTurn + 1;
  return [{ ...state, recentTurn }, [...effects, { do: 'listRecent', turn: recentTurn }]];
}

export function undoableFrom(redemption: Redemption, key: string, untilMs: number): Undoable {
  return {
    key,
    redemptionId: redemption.id,
    householdNumber: redemption.household.number,
    points: redemption.points,
    pieces: redemption.lines.reduce((sum, line) => sum + line.quantity, 0),
    untilMs,
  };
}

/** It is known what became of an undo. */
export function undoEnded(
  state: CounterState,
  place: Underway,
  ended: Settled<Redemption>,
  world: World,
): Change {
  const settled: Change = also(stay(state), { do: 'settle', key: place.sending.key });
  if (ended.is === 'booked') return takenBack(settled, place, ended.data, world);
  const { failure } = ended;
  // Signed out: the page that asks who is on duty says so.
  const isTold = failure.kind === 'problem' && tellsOnlyWhoAsks(failure.problem.code);
  const told = isTold ? settled : tell(settled, { kind: 'failure', failure, writes: true });
  return listRecent(backToEye(told, place, world));
}

function takenBack(settled: Change, place: Underway, receipt: Redemption, world: World): Change {
  const [state, effects] = also(settled, { do: 'refreshGoods' });
  const known = { ...state, undoable: null, recentTurn: state.recentTurn + 1 };
  // Somebody else is being served: their screen stays, and the one before is not shown to them.
  if (place.beneath.at === 'serving')
    return backToEye(tell([known, effects], { kind: 'good', name: 'undone' }), place, world);
  return [{ ...goTo(known, { at: 'done', receipt }), notice: null }, effects];
}

function offered({ undoable }: CounterState, last: Redemption, { nowMs, freshKey }: World): Undoable {
  const key = undoable?.redemptionId === last.id ? undoable.key : freshKey;
  return undoableFrom(last, key, Math.min(last.bookedAtMs, nowMs) + UNDO_WITHIN_MS);
}

import { tellsOnlyWhoAsks } from '../../intent/sending-state.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import { type Change, goTo, stay, type Steps, tell } from './state-change.ts';
import { backToEye, beginSending } from './row-under-way.ts';
import { undoOver } from './undo-over.ts';
import type {
  CounterState,
  Owed,
  Recent,
  Redemption,
  RowResult,
  Underway,
  Undoable,
  World,
} from './state.ts';

/** The last redemption is taken back, as long as the server allows it. */
export const undoSteps: Steps<'undo' | 'recent'> = {
  undo(state, _, world) {
    const { place, undoable } = state;
    if (undoable === null || (place.at !== 'waiting' && place.at !== 'serving' && place.at !== 'done'))
      return stay(state);
    const { key, undoes, householdNumber, points, pieces } = undoable;
    const content = { undoes, householdNumber, points, pieces };
    const owed: Owed = { key, kind: 'kiosk.undo', sentAtMs: world.nowMs, content };
    const isHere = !world.isConnected && world.withoutNetwork !== null;
    // A list of redemptions that is on its way does not know of this.
    return beginSending({ ...state, recentTurn: state.recentTurn + 1 }, owed, place, isHere ? 'here' : null);
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

/** `undoes`: the key of the redemption's row. */
export function undoableFrom(redemption: Redemption, undoes: string, key: string, untilMs: number): Undoable {
  return {
    ...{ key, undoes, redemptionId: redemption.id, householdNumber: redemption.household.number },
    points: redemption.points,
    pieces: redemption.lines.reduce((sum, line) => sum + line.quantity, 0),
    untilMs,
  };
}

/** The server has said what became of an undo. */
export function undoEnded(
  state: CounterState,
  place: Underway,
  ended: Extract<RowResult, { is: 'booked' | 'refused' }>,
  world: World,
): Change {
  if (ended.is === 'booked') return undoDone(state, place, ended.receipt, world);
  const { failure } = ended;
  const { owed } = place;
  const over = owed.kind === 'kiosk.undo' ? undoOver(state, owed, world.freshKey) : state;
  // Signed out: the page that asks who is on duty says so.
  const isTold = failure.kind === 'problem' && tellsOnlyWhoAsks(failure.problem.code);
  const told = isTold ? stay(over) : tell(stay(over), { kind: 'failure', failure, writes: true });
  return listRecent(backToEye(told, place, world));
}

/** Only this device knows of the undo: the goods are back on the shelf. */
export function undoneHere(state: CounterState, place: Underway, rowNumber: number, world: World): Change {
  const { beneath } = place;
  const isShown = beneath.at === 'done' && beneath.receipt.id === state.undoable?.redemptionId;
  if (isShown) {
    const { balanceAfter, points } = beneath.receipt;
    const receipt = {
      ...beneath.receipt,
      ...{ undone: true, mayUndo: false, rowNumber },
      balanceAfter: balanceAfter === null ? null : balanceAfter + points,
    };
    return undoDone(state, place, receipt, world);
  }
  const known = { ...state, undoable: null, recentTurn: state.recentTurn + 1 };
  const told = tell(stay(known), { kind: 'good', name: 'undoneHere' });
  return backToEye(told, place, world);
}

function undoDone(state: CounterState, place: Underway, receipt: Redemption, world: World): Change {
  const known = { ...state, undoable: null, recentTurn: state.recentTurn + 1 };
  const effects = [{ do: 'refreshGoods' }] as const;
  // Somebody else is being served: their screen stays, and the one before is not shown to them.
  if (place.beneath.at === 'serving')
    return backToEye(tell([known, effects], { kind: 'good', name: 'undone' }), place, world);
  return [{ ...goTo(known, { at: 'done', receipt }), notice: null }, effects];
}

/** Null: its row is not on this device, and the desk takes it back. */
function offered({ undoable }: CounterState, last: Recent, { nowMs, freshKey }: World): Undoable | null {
  if (last.rowKey === null) return null;
  const key = undoable?.redemptionId === last.id ? undoable.key : freshKey;
  return undoableFrom(last, last.rowKey, key, Math.min(last.bookedAtMs, nowMs) + UNDO_WITHIN_MS);
}

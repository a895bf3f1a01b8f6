import { goTo, type Steps, stay } from './state-change.ts';
import {
  type AskingPin,
  type AskingVouch,
  type CounterState,
  type Dialog,
  NOTHING_OVER,
  type Place,
} from './state.ts';

/** Dialogs that would hide from the eye what a scan does make way for it; the camera goes on looking for goods. */
export function clearView(state: CounterState): CounterState {
  const { overlay, place } = state;
  const dialog = overlay.dialog === 'camera' ? overlay.dialog : null;
  const cleared: CounterState = { ...state, overlay: { ...overlay, dialog } };
  return isAsking(place) ? goTo(cleared, { at: 'serving', visit: place.visit }) : cleared;
}

export const overlaySteps: Steps<'dialog' | 'history' | 'pinClosed'> = {
  dialog(state, { dialog }) {
    if (dialog !== null && !mayOpen(state, dialog)) return stay(state);
    return stay({ ...state, overlay: { ...state.overlay, dialog } });
  },

  history(state, { isOpen }) {
    if (!isOpen) return stay({ ...state, overlay: { ...state.overlay, isHistoryOpen: false } });
    if (state.place.at !== 'waiting') return stay(state);
    return stay({ ...state, overlay: { ...NOTHING_OVER, isHistoryOpen: true } });
  },

  pinClosed(state) {
    const { place } = state;
    return stay(isAsking(place) ? goTo(state, { at: 'serving', visit: place.visit }) : state);
  },
};

/** Somebody is asked for a PIN before the basket goes out. */
function isAsking(place: Place): place is AskingPin | AskingVouch {
  return place.at === 'pin' || place.at === 'vouch';
}

function mayOpen({ place, undoable }: CounterState, dialog: Dialog): boolean {
  // The camera is the statement's too, which needs nobody on duty.
  if (dialog === 'camera') return true;
  if (place.at === 'shut') return false;
  if (dialog === 'station') return true;
  if (dialog === 'shiftEnd') return place.at !== 'sending';
  if (dialog === 'find') return place.at === 'waiting';
  return undoable !== null && (place.at === 'waiting' || place.at === 'serving' || place.at === 'done');
}

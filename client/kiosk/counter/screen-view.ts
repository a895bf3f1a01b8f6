import type { Notice } from '../notice.ts';
import type { CounterState, Place, Redemption, Underway, Visit } from './state.ts';
import { visitIn } from './visit.ts';

/** The screens of the counter. */
export type Screen = 'waiting' | 'looking' | 'serving' | 'checking' | 'done';

export function screenOf(place: Place): Screen {
  if (place.at === 'sending') return isChecking(place) ? 'checking' : screenOf(place.beneath);
  if (place.at === 'looking') return place.why === 'refused' && place.same !== null ? 'serving' : 'looking';
  if (place.at === 'shut') return 'waiting';
  return place.at === 'pin' || place.at === 'vouch' ? 'serving' : place.at;
}

/** No answer came in time: it is asked on, and no name is shown. */
export function isChecking({ isOverdue }: Underway): boolean {
  return isOverdue;
}

/** The household on the screen, with its basket; also while that is on its way. */
export function visitOnScreen({ place }: CounterState): Visit | null {
  const visit = visitIn(place);
  if (visit !== null) return visit;
  if (place.at === 'looking') return place.why === 'refused' ? place.same : null;
  if (place.at !== 'sending' || place.beneath.at !== 'serving') return null;
  return isChecking(place) ? null : place.beneath.visit;
}

export function receiptOnScreen({ place }: CounterState): Redemption | null {
  const seen = place.at === 'sending' && !isChecking(place) ? place.beneath : place;
  return seen.at === 'done' ? seen.receipt : null;
}

/** A damaged disk is told to the volunteer on duty, above all else, until it is acknowledged. */
export function noticeOf({ place, damaged, notice }: CounterState): Notice | null {
  if (damaged === null || place.at === 'shut') return notice;
  return { kind: 'warn', name: damaged === 'all' ? 'diskUnreadable' : 'damagedRow' };
}

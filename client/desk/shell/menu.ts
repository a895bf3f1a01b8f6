import type { Place } from './places.ts';

/** So many places stand in the menu without scrolling on a screen of 768 px. */
export const PLACES_MOST = 10;

export interface Menu {
  /** The places in the menu itself. */
  readonly open: readonly Place[];
  /** The rarely used ones, on the page of the settings; empty where all have room. */
  readonly folded: readonly Place[];
}

/** The menu of these places. With more than there is room for, those of the village's set-up share a page. */
export function menuOf(places: readonly Place[], most = PLACES_MOST): Menu {
  if (places.length <= most) return { open: places, folded: [] };
  return {
    open: places.filter(({ group }) => group === 'daily'),
    folded: places.filter(({ group }) => group !== 'daily'),
  };
}

/** For the bar at the foot of a phone: four places, the one that is pressed most in the middle. */
export function nearestOf(places: readonly Place[], room = 4): Place[] {
  const daily = places.filter(({ group, isCentral }) => group === 'daily' && !isCentral);
  const central = places.filter(({ isCentral }) => isCentral);
  const others = daily.slice(0, room - central.length);
  return [...others.slice(0, 2), ...central, ...others.slice(2)];
}

import type { StaffRole } from '../../../shared/roles.ts';
import type { Place } from '../shell/places.ts';

/** Old habits count for less: at so many visits all are halved. */
const VISITS_MOST = 200;

/** How often this person came to each place, on this device. */
export interface Habits {
  readonly came: (to: string) => void;
  readonly visits: () => Readonly<Record<string, number>>;
}

export type HabitStorage = Pick<Storage, 'getItem' | 'setItem'>;

export function habitsOf(staffId: string, storage: () => HabitStorage): Habits {
  const key = `jishan.habits.${staffId}`;
  function visits(): Record<string, number> {
    try {
      const kept: unknown = JSON.parse(storage().getItem(key) ?? '{}');
      if (typeof kept !== 'object' || kept === null) return {};
      return Object.fromEntries(
        Object.entries(kept).filter((pair): pair is [string, number] => Number.isSafeInteger(pair[1])),
      );
    } catch {
      // A browser that keeps nothing has no habits to show.
      return {};
    }
  }
  return {
    visits,
    came(to) {
      const now = visits();
      now[to] = (now[to] ?? 0) + 1;
      const all = Object.values(now).reduce((sum, count) => sum + count, 0);
      const kept = all < VISITS_MOST ? now : halved(now);
      try {
        storage().setItem(key, JSON.stringify(kept));
      } catch {
        // The browser keeps nothing: habits are not counted.
      }
    },
  };
}

/** The places to offer: own use first, then what the roles begin with, then as they stand in the menu. */
export function oftenUsed(
  places: readonly Place[],
  roles: readonly StaffRole[],
  visits: Readonly<Record<string, number>>,
): Place[] {
  const uses = ({ name }: Place) => visits[name] ?? 0;
  return places
    .filter(({ isAlwaysInView = false }) => !isAlwaysInView)
    .sort((a, b) => uses(b) - uses(a) || rankFor(a, roles) - rankFor(b, roles));
}

/** The first of several roles counts most. Places that no role begins with keep the order of the menu. */
function rankFor({ firstFor = {} }: Place, roles: readonly StaffRole[]): number {
  const ranks = roles.map((role, index) => index * 100 + (firstFor[role] ?? Infinity));
  return Math.min(Number.MAX_SAFE_INTEGER, ...ranks);
}

function halved(visits: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(visits).flatMap(([name, count]) => {
      const half = Math.floor(count / 2);
      return half > 0 ? [[name, half]] : [];
    }),
  );
}

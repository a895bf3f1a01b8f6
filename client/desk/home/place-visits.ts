import type { StaffRole } from '../../../shared/roles.ts';
import { PLACES, type Place } from '../navigation.ts';

/** What each role begins with, until the person's own use says otherwise. */
const FIRST: Readonly<Record<StaffRole, readonly Place['name'][]>> = {
  committee: ['award', 'households', 'notices'],
  approver: ['households', 'ledger', 'dashboard'],
  shopkeeper: ['goods', 'shop', 'households'],
  supervisor: ['ledger', 'dashboard', 'households'],
  admin: ['award', 'households', 'staff', 'rules'],
};
/** Always in view, or the page itself. */
const NOT_OFFERED: readonly Place['name'][] = ['home', 'approvals'];
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
        // As above.
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
  const first = roles.flatMap((role) => FIRST[role]);
  const rank = ({ name }: Place) => {
    const place = first.indexOf(name);
    return place < 0 ? first.length + PLACES.findIndex((one) => one.name === name) : place;
  };
  const uses = ({ name }: Place) => visits[name] ?? 0;
  return places
    .filter(({ name }) => !NOT_OFFERED.includes(name))
    .sort((a, b) => uses(b) - uses(a) || rank(a) - rank(b));
}

function halved(visits: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(visits).flatMap(([name, count]) => {
      const half = Math.floor(count / 2);
      return half > 0 ? [[name, half]] : [];
    }),
  );
}

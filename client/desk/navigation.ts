import type { Permission } from '../../shared/permissions.ts';
import type { IconName } from '../ui/icons.ts';

/** The desk's rooms. Who may not enter one does not see its door. */
export const PLACES = [
  { name: 'home', icon: 'home', needs: 'village.read', also: [], group: 'daily' },
  { name: 'award', icon: 'star', needs: 'proposal.make', also: [], group: 'daily' },
  { name: 'approvals', icon: 'stamp', needs: 'proposal.read', also: ['proposal', 'correct'], group: 'daily' },
  {
    name: 'households',
    icon: 'people',
    needs: 'household.read',
    also: ['household', 'newHousehold', 'editHousehold', 'changeHousehold', 'printPassbook', 'cards'],
    group: 'daily',
  },
  { name: 'dashboard', icon: 'chart', needs: 'village.read', also: [], group: 'daily' },
  { name: 'notices', icon: 'notice', needs: 'village.read', also: [], group: 'daily' },
  { name: 'ledger', icon: 'ledger', needs: 'ledger.read', also: ['entry', 'proof'], group: 'daily' },
  {
    name: 'rules',
    icon: 'book',
    needs: 'rule.read',
    also: ['rule', 'newRule', 'editRule'],
    group: 'village',
  },
  {
    name: 'goods',
    icon: 'basket',
    needs: 'goods.read',
    also: ['newGoods', 'editGoods', 'stockIn'],
    group: 'village',
  },
  { name: 'shop', icon: 'screen', needs: 'kiosk.read', also: [], group: 'village' },
  { name: 'staff', icon: 'person', needs: 'staff.read', also: [], group: 'village' },
  { name: 'imports', icon: 'upload', needs: 'paper.import', also: ['import'], group: 'village' },
  { name: 'backups', icon: 'download', needs: 'backup.manage', also: [], group: 'village' },
  { name: 'village', icon: 'gear', needs: 'village.change', also: [], group: 'village' },
] as const satisfies readonly {
  name: string;
  icon: IconName;
  needs: Permission;
  also: readonly string[];
  group: 'daily' | 'village';
}[];

export type Place = (typeof PLACES)[number];

export function placesFor(mayDo: (permission: Permission) => boolean): Place[] {
  return PLACES.filter((place) => mayDo(place.needs));
}

/** Whether a route belongs to a place, for marking where one is. */
export function isIn(place: Place, routeName: unknown): boolean {
  const also: readonly string[] = place.also;
  return place.name === routeName || (typeof routeName === 'string' && also.includes(routeName));
}

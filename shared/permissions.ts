/**
 * Who may do what: the one table of roles and actions. Every route names one action; a caller acts only in
 * the village its token names. Ids of people are never compared with roles here: "not your own entry, not
 * your own household" is decided where the proposal is (server/proposals).
 */

export const STAFF_ROLES = ['admin', 'committee', 'approver', 'supervisor', 'shopkeeper'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** `kiosk` is a paired device alone; `volunteer` is a person signed in on one; `public` is anybody. */
export const ROLES = [...STAFF_ROLES, 'household', 'kiosk', 'volunteer', 'public'] as const;
export type Role = (typeof ROLES)[number];

const everyStaff = STAFF_ROLES;

export const PERMISSIONS = {
  'setup.do': ['public'],
  'session.open': ['public'],
  'session.own': everyStaff,
  'village.read': everyStaff,
  'village.change': ['admin'],
  'staff.read': ['admin', 'supervisor'],
  'staff.change': ['admin'],
  'household.read': everyStaff,
  'household.change': ['admin', 'committee'],
  'card.issue': ['admin', 'committee', 'shopkeeper'],
  'paper.import': ['admin'],
  'rule.read': everyStaff,
  'rule.change': ['admin'],
  'proposal.read': everyStaff,
  'proposal.make': ['admin', 'committee'],
  'proposal.decide': ['admin', 'approver'],
  /** And for what the photo is for: server/pictures. */
  'picture.add': ['admin', 'committee', 'shopkeeper'],
  'picture.read': everyStaff,
  'picture.show': ['public'],
  'goods.read': everyStaff,
  'goods.change': ['admin', 'shopkeeper'],
  'stock.change': ['admin', 'shopkeeper'],
  'kiosk.read': everyStaff,
  'kiosk.change': ['admin', 'shopkeeper'],
  'ledger.read': everyStaff,
  'ledger.verify': ['admin', 'supervisor'],
  'ledger.export': ['admin', 'supervisor'],
  'backup.manage': ['admin'],
  'kiosk.pair': ['public'],
  'kiosk.stand': ['kiosk', 'volunteer'],
  'kiosk.serve': ['volunteer'],
  'me.open': ['public'],
  'me.read': ['household'],
  'board.read': ['public'],
  'system.read': ['public'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** True when any of the caller's roles may do this. What is public is open to everybody. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return allowed.includes('public') || roles.some((role) => allowed.includes(role));
}

import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'address.read': STAFF_ROLES,
  /** Whoever pairs kiosks or prints cards: both need an address that leads here. */
  'address.choose': ['admin', 'committee', 'shopkeeper'],
} as const satisfies Record<string, readonly Role[]>;

import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'setup.do': ['public'],
  'village.read': STAFF_ROLES,
  'village.look': ['admin', 'supervisor'],
  'village.change': ['admin'],
  'village.open': ['approver'],
} as const satisfies Record<string, readonly Role[]>;

import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'household.read': STAFF_ROLES,
  'household.change': ['admin', 'committee'],
} as const satisfies Record<string, readonly Role[]>;

import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'rule.read': STAFF_ROLES,
  'rule.change': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

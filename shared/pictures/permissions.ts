import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'picture.add': ['admin', 'committee', 'shopkeeper'],
  'picture.read': STAFF_ROLES,
  'picture.show': ['public'],
} as const satisfies Record<string, readonly Role[]>;

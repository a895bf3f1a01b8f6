import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'signature.read': STAFF_ROLES,
  'signature.sign': ['supervisor'],
} as const satisfies Record<string, readonly Role[]>;

import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'ledger.read': STAFF_ROLES,
  'ledger.verify': ['admin', 'supervisor'],
  'ledger.export': ['admin', 'supervisor'],
} as const satisfies Record<string, readonly Role[]>;

import type { Role } from '../roles.ts';

export const permissions = {
  'change.read': ['admin', 'committee', 'approver', 'shopkeeper', 'supervisor'],
  /** The operation that is handed in says which of these may do it. */
  'change.propose': ['admin', 'committee', 'shopkeeper'],
  'change.decide': ['approver'],
} as const satisfies Record<string, readonly Role[]>;

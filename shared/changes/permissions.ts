import type { Role } from '../roles.ts';

export const permissions = {
  'change.read': ['admin', 'committee', 'approver', 'shopkeeper', 'book_keeper', 'supervisor'],
  /** The operation that is handed in says which of these may do it. */
  'change.propose': ['admin', 'committee', 'shopkeeper', 'book_keeper'],
  'change.decide': ['approver'],
} as const satisfies Record<string, readonly Role[]>;

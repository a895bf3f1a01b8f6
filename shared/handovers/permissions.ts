import { STAFF_ROLES, type Role } from '../roles.ts';

/** A supervisor watches a hand-over, and is no side of it. */
const SIDES = [
  ...(['admin', 'committee', 'approver', 'group_leader', 'judge'] as const),
  ...(['shopkeeper', 'book_keeper'] as const),
] as const;

export const permissions = {
  'handover.read': STAFF_ROLES,
  'handover.start': ['admin', 'committee'],
  'handover.sign': SIDES,
} as const satisfies Record<string, readonly Role[]>;

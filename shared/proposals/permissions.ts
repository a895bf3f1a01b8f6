import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'proposal.read': STAFF_ROLES,
  'proposal.make': ['admin', 'committee'],
  'proposal.decide': ['admin', 'approver'],
} as const satisfies Record<string, readonly Role[]>;

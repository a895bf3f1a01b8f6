import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'proposal.read': STAFF_ROLES,
  'proposal.make': ['admin', 'committee'],
  /** Corrects, withdraws and sends again what one proposed. A group leader proposes what was reported by phone (server/reports). */
  'proposal.correct': ['admin', 'committee', 'group_leader'],
  /** An administrator makes accounts, so that he decides nothing, whatever else he is (server/proposals/may-decide.ts). */
  'proposal.decide': ['approver'],
} as const satisfies Record<string, readonly Role[]>;

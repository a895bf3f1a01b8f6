import type { Role } from '../roles.ts';

export const permissions = {
  /** Findings about households are not for everybody of the staff. */
  'recheck.read': ['admin', 'committee', 'approver', 'judge', 'supervisor'],
  'recheck.draw': ['admin', 'committee'],
  /** In a small village one person proposes nearly everything, and another approves it: somebody is left to look. */
  'recheck.check': ['admin', 'committee', 'approver', 'judge'],
} as const satisfies Record<string, readonly Role[]>;

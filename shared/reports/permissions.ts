import type { Role } from '../roles.ts';

export const permissions = {
  /** Sees what households reported. An approver sees the report behind a proposal. */
  'report.read': ['admin', 'committee', 'approver', 'group_leader', 'supervisor'],
  /** Checks a report and proposes it, or does not accept it. The one who takes it up is its proposer and approves nothing of it. */
  'report.check': ['admin', 'committee', 'group_leader'],
  'report.own': ['household'],
} as const satisfies Record<string, readonly Role[]>;

import type { Role } from '../roles.ts';

export const permissions = {
  /** Those who watch, and those whose own doings these figures are. */
  'fairness.read': ['admin', 'committee', 'approver', 'supervisor'],
} as const satisfies Record<string, readonly Role[]>;

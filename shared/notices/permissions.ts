import type { Role } from '../roles.ts';

export const permissions = {
  /** Makes notices, puts them up and takes them down. It decides about no deed. */
  'notice.keep': ['admin', 'committee', 'approver'],
} as const satisfies Record<string, readonly Role[]>;

import type { Role } from '../roles.ts';

export const permissions = {
  /** Says of a word in a text that it is no name, address or label. Somebody else agrees. */
  'text.clear': ['admin', 'committee', 'approver'],
} as const satisfies Record<string, readonly Role[]>;

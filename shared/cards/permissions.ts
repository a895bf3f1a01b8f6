import type { Role } from '../roles.ts';

export const permissions = {
  'card.issue': ['admin', 'committee', 'shopkeeper'],
} as const satisfies Record<string, readonly Role[]>;

import type { Role } from '../roles.ts';

export const permissions = {
  'card.issue': ['admin', 'committee', 'shopkeeper'],
  /** A lost card or phone must stop at once, whoever is there. Nobody gains anything by it. */
  'card.stop': ['admin', 'committee', 'shopkeeper'],
} as const satisfies Record<string, readonly Role[]>;

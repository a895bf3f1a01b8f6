import type { Role } from '../roles.ts';

export const permissions = {
  'paper.import': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

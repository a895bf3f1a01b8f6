import type { Role } from '../roles.ts';

export const permissions = {
  'board.read': ['public'],
} as const satisfies Record<string, readonly Role[]>;

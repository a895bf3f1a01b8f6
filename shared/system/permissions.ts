import type { Role } from '../roles.ts';

export const permissions = {
  'system.read': ['public'],
} as const satisfies Record<string, readonly Role[]>;

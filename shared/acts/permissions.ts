import type { Role } from '../roles.ts';

export const permissions = {
  'acts.read': ['admin', 'supervisor'],
  'acts.export': ['admin', 'supervisor'],
} as const satisfies Record<string, readonly Role[]>;

import type { Role } from '../roles.ts';

export const permissions = {
  'backup.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

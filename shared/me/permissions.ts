import type { Role } from '../roles.ts';

export const permissions = {
  'me.open': ['public'],
  'me.read': ['household'],
} as const satisfies Record<string, readonly Role[]>;

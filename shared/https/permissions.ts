import type { Role } from '../roles.ts';

export const permissions = {
  /** A device that is set up is nobody's yet. */
  'https.read': ['public'],
} as const satisfies Record<string, readonly Role[]>;

import type { Role } from '../roles.ts';

export const permissions = {
  'copy.take': ['kiosk', 'volunteer'],
} as const satisfies Record<string, readonly Role[]>;

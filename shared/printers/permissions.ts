import type { Role } from '../roles.ts';

export const permissions = {
  'printer.change': ['admin', 'shopkeeper'],
} as const satisfies Record<string, readonly Role[]>;

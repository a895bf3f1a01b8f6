import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'goods.read': STAFF_ROLES,
  'goods.change': ['admin', 'shopkeeper'],
  'stock.change': ['admin', 'shopkeeper'],
} as const satisfies Record<string, readonly Role[]>;

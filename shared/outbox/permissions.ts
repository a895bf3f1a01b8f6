import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'outbox.send': ['kiosk', 'volunteer'],
  'outbox.read': STAFF_ROLES,
  'outbox.settle': ['admin', 'committee', 'shopkeeper'],
  'outbox.confirmKey': ['admin', 'committee', 'shopkeeper'],
  'outbox.writeOff': ['admin', 'shopkeeper'],
} as const satisfies Record<string, readonly Role[]>;

import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'kiosk.read': STAFF_ROLES,
  'kiosk.change': ['admin', 'shopkeeper'],
  'volunteer.confirm': ['approver'],
  'redemption.read': STAFF_ROLES,
  'redemption.return': ['admin', 'shopkeeper'],
  'kiosk.pair': ['public'],
  'kiosk.stand': ['kiosk', 'volunteer'],
  'kiosk.serve': ['volunteer'],
} as const satisfies Record<string, readonly Role[]>;

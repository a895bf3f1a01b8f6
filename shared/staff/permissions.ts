import { STAFF_ROLES, type Role } from '../roles.ts';

export const permissions = {
  'session.open': ['public'],
  'session.own': STAFF_ROLES,
  'staff.read': ['admin', 'approver', 'supervisor'],
  'staff.confirm': ['approver', 'supervisor'],
  'staff.change': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

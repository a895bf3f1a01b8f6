import type { Role } from '../roles.ts';

export const permissions = {
  /** Reads reminders and what follows them: nobody else at the desk does. */
  'reminder.read': ['admin', 'committee', 'approver', 'supervisor'],
  /** Reminds, notes that something was handed over, and closes. It moves no points. */
  'reminder.keep': ['admin', 'committee', 'approver'],
  'reminder.own': ['household'],
} as const satisfies Record<string, readonly Role[]>;

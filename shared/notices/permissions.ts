import type { Role } from '../roles.ts';

export const permissions = {
  /** Makes notices, puts them up and takes them down. It decides about no deed. */
  'notice.keep': ['admin', 'committee', 'approver'],
  /** A paired device that shows the board. */
  'notice.show': ['kiosk', 'volunteer'],
} as const satisfies Record<string, readonly Role[]>;

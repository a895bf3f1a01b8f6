import type { Role } from '../roles.ts';

export const permissions = {
  /** Announces, cancels and closes events, and enters late sign-ins: those who propose awards. */
  'workday.lead': ['admin', 'committee'],
  /** Keeps the list on the day. Keeping it is a part in the awards (server/proposals/may-decide.ts). */
  'workday.keep': ['admin', 'committee', 'group_leader'],
  'workday.own': ['household'],
} as const satisfies Record<string, readonly Role[]>;

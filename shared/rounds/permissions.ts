import type { Role } from '../roles.ts';

export const permissions = {
  /** Marks are shown to nobody before all have handed in (server/rounds/view-round.ts). */
  'round.read': ['admin', 'committee', 'approver', 'group_leader', 'judge', 'supervisor'],
  /** Opens, closes and withdraws: closing proposes the awards. */
  'round.open': ['admin', 'committee'],
  /** Hands in the own sheet, or keys in that of a judge who marked on paper. */
  'round.mark': ['committee', 'approver', 'group_leader', 'judge'],
} as const satisfies Record<string, readonly Role[]>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'staff.not_found': { status: 404, kind: 'refused' },
  'staff.username_taken': { status: 409, kind: 'refused' },
  'staff.last_admin': { status: 409, kind: 'refused' },
  'staff.own_households': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

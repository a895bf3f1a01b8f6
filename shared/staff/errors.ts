import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'staff.not_found': { status: 404, kind: 'refused' },
  'staff.username_taken': { status: 409, kind: 'refused' },
  'staff.last_admin': { status: 409, kind: 'refused' },
  'staff.name_taken': { status: 409, kind: 'refused' },
  'staff.supervisor_alone': { status: 409, kind: 'refused' },
  'staff.supervisor_kin': { status: 409, kind: 'refused' },
  'staff.nothing_to_confirm': { status: 409, kind: 'refused' },
  'staff.confirm_own': { status: 403, kind: 'refused' },
  'staff.confirm_early': { status: 409, kind: 'refused' },
  'staff.own_households': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'workday.not_found': { status: 404, kind: 'refused' },
  'workday.rule': { status: 409, kind: 'refused' },
  'workday.day': { status: 409, kind: 'refused' },
  'workday.state': { status: 409, kind: 'refused' },
  'workday.too_early': { status: 409, kind: 'refused' },
  'workday.too_late': { status: 409, kind: 'refused' },
  'workday.not_late': { status: 409, kind: 'refused' },
  'workday.twice': { status: 409, kind: 'refused' },
  'workday.full': { status: 409, kind: 'refused' },
  'workday.member_missing': { status: 409, kind: 'refused' },
  'attendance.not_found': { status: 404, kind: 'refused' },
  'workday.hours': { status: 409, kind: 'refused' },
  'workday.proposed': { status: 409, kind: 'refused' },
  'workday.not_whole': { status: 409, kind: 'refused' },
  'workday.moved_on': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

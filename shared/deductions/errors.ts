import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'deduction.no_reminder': { status: 409, kind: 'refused' },
  'deduction.not_delivered': { status: 409, kind: 'refused' },
  'deduction.too_early': { status: 409, kind: 'refused' },
  'deduction.lapsed': { status: 409, kind: 'refused' },
  'deduction.other_rule': { status: 409, kind: 'refused' },
  'deduction.too_late': { status: 409, kind: 'refused' },
  'reminder.not_found': { status: 404, kind: 'refused' },
  'reminder.no_deduction': { status: 422, kind: 'refused' },
  'reminder.due_day': { status: 422, kind: 'refused' },
  'reminder.stands': { status: 409, kind: 'refused' },
  'reminder.state': { status: 409, kind: 'refused' },
  'reminder.day_over': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

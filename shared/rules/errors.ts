import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'rule.not_found': { status: 404, kind: 'refused' },
  'rule.code_taken': { status: 409, kind: 'refused' },
  'rule.disabled': { status: 409, kind: 'refused' },
  'rule.points': { status: 422, kind: 'refused' },
  'rule.option_missing': { status: 422, kind: 'refused' },
  'rule.options_incomplete': { status: 422, kind: 'refused' },
  'rule.cap_incomplete': { status: 422, kind: 'refused' },
  'rule.cap_times': { status: 422, kind: 'refused' },
  'rule.cap_points': { status: 422, kind: 'refused' },
  'rule.forbidden_subject': { status: 422, kind: 'refused' },
  'rule.day': { status: 422, kind: 'refused' },
  'rule.announced': { status: 409, kind: 'refused' },
  'rule.meeting_day': { status: 422, kind: 'refused' },
  'rule.version_fixed': { status: 409, kind: 'refused' },
  'rule.wrong_proposer': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

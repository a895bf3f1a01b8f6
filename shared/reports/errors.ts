import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'report.not_found': { status: 404, kind: 'refused' },
  'report.state': { status: 409, kind: 'refused' },
  'report.phones_off': { status: 409, kind: 'refused' },
  'report.rule_not_open': { status: 409, kind: 'refused' },
  'report.no_helper': { status: 404, kind: 'refused' },
  'report.helper_unclear': { status: 409, kind: 'refused' },
  'report.own_helper': { status: 409, kind: 'refused' },
  'report.twice': { status: 409, kind: 'refused' },
  'report.too_many': { status: 409, kind: 'refused' },
  'report.committee_only': { status: 403, kind: 'refused' },
  'report.own_household': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

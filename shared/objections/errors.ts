import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'objection.not_found': { status: 404, kind: 'refused' },
  'objection.state': { status: 409, kind: 'refused' },
  'objection.no_deed': { status: 404, kind: 'refused' },
  'objection.deed_closed': { status: 409, kind: 'refused' },
  'objection.twice': { status: 409, kind: 'refused' },
  'objection.too_many': { status: 409, kind: 'refused' },
  'objection.not_fit': { status: 403, kind: 'refused' },
  'objection.had_part': { status: 403, kind: 'refused' },
  'objection.own_household': { status: 403, kind: 'refused' },
  'objection.answered_before': { status: 403, kind: 'refused' },
  'objection.by_phone': { status: 409, kind: 'refused' },
  'objection.unnamed': { status: 409, kind: 'refused' },
  'objection.no_appeal': { status: 409, kind: 'refused' },
  'objection.appeal_late': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

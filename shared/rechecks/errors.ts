import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'recheck.month_open': { status: 409, kind: 'refused' },
  'recheck.none': { status: 409, kind: 'refused' },
  'recheck.head': { status: 409, kind: 'refused' },
  'recheck.drawn': { status: 409, kind: 'refused' },
  'recheck.enough': { status: 409, kind: 'refused' },
  'recheck.not_drawn': { status: 404, kind: 'refused' },
  'recheck.settled': { status: 409, kind: 'refused' },
  'recheck.reason_missing': { status: 422, kind: 'refused' },
  'recheck.own_entry': { status: 403, kind: 'refused' },
  'recheck.own_household': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'household.not_found': { status: 404, kind: 'refused' },
  'household.number_taken': { status: 409, kind: 'refused' },
  'household.no_pin': { status: 409, kind: 'refused' },
  'household.closed': { status: 409, kind: 'refused' },
  'household.open': { status: 409, kind: 'refused' },
  'household.not_closed': { status: 409, kind: 'refused' },
  'household.erased': { status: 409, kind: 'refused' },
  'household.waiting': { status: 409, kind: 'refused' },
  'household.held': { status: 409, kind: 'refused' },
  'household.same': { status: 422, kind: 'refused' },
  'household.split_points': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

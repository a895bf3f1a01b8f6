import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'handover.not_found': { status: 404, kind: 'refused' },
  'handover.people': { status: 409, kind: 'refused' },
  'handover.day': { status: 409, kind: 'refused' },
  'handover.under_way': { status: 409, kind: 'refused' },
  'handover.not_side': { status: 403, kind: 'refused' },
  'handover.over': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'setup.done': { status: 409, kind: 'refused' },
  'setup.code': { status: 403, kind: 'refused' },
  'village.not_open': { status: 409, kind: 'refused' },
  'village.opened': { status: 409, kind: 'refused' },
  'village.opening_people': { status: 409, kind: 'refused' },
  'village.opening_changed': { status: 409, kind: 'refused' },
  'village.not_found': { status: 404, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'change.needs_second': { status: 409, kind: 'refused' },
  'change.not_needed': { status: 409, kind: 'refused' },
  'change.waiting': { status: 409, kind: 'refused' },
  'change.not_found': { status: 404, kind: 'refused' },
  'change.state': { status: 409, kind: 'refused' },
  'change.seen_otherwise': { status: 409, kind: 'refused' },
  'change.moved_on': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'journal.unreadable': { status: 422, kind: 'refused' },
  'journal.version': { status: 422, kind: 'refused' },
  'journal.damaged': { status: 422, kind: 'refused' },
  'journal.not_empty': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

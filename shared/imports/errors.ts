import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'paper.unreadable': { status: 422, kind: 'refused' },
  'paper.too_large': { status: 413, kind: 'refused' },
  'paper.too_many': { status: 409, kind: 'refused' },
  'paper.not_found': { status: 404, kind: 'refused' },
  'paper.committed': { status: 409, kind: 'refused' },
  'paper.unanswered': { status: 409, kind: 'refused' },
  'paper.nothing': { status: 422, kind: 'refused' },
  'paper.not_whole': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

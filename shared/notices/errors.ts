import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'notice.days': { status: 422, kind: 'refused' },
  'notice.not_found': { status: 404, kind: 'refused' },
  'notice.nothing': { status: 409, kind: 'refused' },
  'notice.over': { status: 409, kind: 'refused' },
  'notice.hangs': { status: 409, kind: 'refused' },
  'notice.not_up': { status: 409, kind: 'refused' },
  'notice.unreviewed': { status: 409, kind: 'refused' },
  'notice.unfit': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'notice.days': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

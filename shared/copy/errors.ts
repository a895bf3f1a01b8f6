import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'copy.off': { status: 403, kind: 'refused' },
  'copy.begin_anew': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

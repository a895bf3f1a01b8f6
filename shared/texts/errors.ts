import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'text.unfit': { status: 422, kind: 'refused' },
  'text.fit': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

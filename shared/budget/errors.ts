import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'budget.used_up': { status: 409, kind: 'refused' },
  'budget.heads_over': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'address.unusable': { status: 422, kind: 'refused' },
  'address.only_here': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'card.unknown': { status: 404, kind: 'refused' },
  'card.revoked': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'signature.not_found': { status: 404, kind: 'refused' },
  'signature.signed': { status: 409, kind: 'refused' },
  'signature.changed': { status: 409, kind: 'refused' },
  'signature.unconfirmed': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

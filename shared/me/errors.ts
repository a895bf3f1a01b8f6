import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'me.no_pin': { status: 403, kind: 'refused' },
  'me.helper': { status: 403, kind: 'refused' },
  'me.weak_pin': { status: 422, kind: 'refused' },
  'me.same_pin': { status: 422, kind: 'refused' },
  'phone.not_found': { status: 404, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

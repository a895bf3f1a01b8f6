import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'picture.not_jpeg': { status: 422, kind: 'refused' },
  'picture.broken': { status: 422, kind: 'refused' },
  'picture.too_large': { status: 413, kind: 'refused' },
  'picture.too_many': { status: 409, kind: 'refused' },
  'picture.not_found': { status: 404, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

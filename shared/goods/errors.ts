import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'goods.not_found': { status: 404, kind: 'refused' },
  'goods.name_taken': { status: 409, kind: 'refused' },
  'goods.barcode_taken': { status: 409, kind: 'refused' },
  'goods.disabled': { status: 409, kind: 'refused' },
  'goods.limit': { status: 422, kind: 'refused' },
  'goods.price_changed': { status: 409, kind: 'refused' },
  'goods.price_day': { status: 422, kind: 'refused' },
  'goods.no_stock': { status: 422, kind: 'refused' },
  'goods.on_shelf': { status: 409, kind: 'refused' },
  'goods.has_stock': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'goods.list': 'GET /goods',
  'goods.create': 'POST /goods',
  'goods.update': 'PATCH /goods/:id',
  'goods.openStock': 'POST /goods/opening-stock',
  'goods.stockIn': 'POST /goods/:id/stock',
  'goods.stocktake': 'POST /goods/:id/stocktake',
} as const satisfies Record<string, Place>;

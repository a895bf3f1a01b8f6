import type { Place } from '../api-base.ts';

export const endpoints = {
  'pictures.add': 'POST /pictures/:purpose',
  'pictures.get': 'GET /pictures/:id',
  'pictures.ofGoods': 'GET /pictures/goods/:villageId/:id',
} as const satisfies Record<string, Place>;

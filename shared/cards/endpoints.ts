import type { Place } from '../api-base.ts';

export const endpoints = {
  'cards.list': 'GET /cards',
  'cards.sheet': 'POST /cards/sheet',
  'cards.markPrinted': 'POST /cards/printed',
} as const satisfies Record<string, Place>;

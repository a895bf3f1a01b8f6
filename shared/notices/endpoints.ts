import type { Place } from '../api-base.ts';

export const endpoints = {
  'notices.view': 'GET /notices',
  'notices.list': 'GET /notices/numbered',
  'notices.make': 'POST /notices/numbered',
  'notices.get': 'GET /notices/numbered/:id',
  'notices.putUp': 'POST /notices/numbered/:id/showings',
  'notices.takeDown': 'POST /notices/numbered/:id/removals',
  'notices.show': 'POST /notices/numbered/showings',
  'notices.review': 'POST /notices/numbered/:id/reviews',
} as const satisfies Record<string, Place>;

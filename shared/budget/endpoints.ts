import type { Place } from '../api-base.ts';

export const endpoints = {
  'budget.view': 'GET /budget',
} as const satisfies Record<string, Place>;

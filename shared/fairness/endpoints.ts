import type { Place } from '../api-base.ts';

export const endpoints = {
  'fairness.view': 'GET /fairness',
  'fairness.entries': 'GET /fairness/entries',
  'fairness.quiet': 'GET /fairness/quiet',
} as const satisfies Record<string, Place>;

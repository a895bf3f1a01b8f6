import type { Place } from '../api-base.ts';

export const endpoints = {
  'https.get': 'GET /https',
} as const satisfies Record<string, Place>;

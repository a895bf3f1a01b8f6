import type { Place } from '../api-base.ts';

export const endpoints = {
  'notices.view': 'GET /notices',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'address.get': 'GET /address',
  'address.choose': 'POST /address',
} as const satisfies Record<string, Place>;

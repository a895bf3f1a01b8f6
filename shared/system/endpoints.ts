import type { Place } from '../api-base.ts';

export const endpoints = {
  'system.health': 'GET /health',
  'system.ready': 'GET /ready',
} as const satisfies Record<string, Place>;

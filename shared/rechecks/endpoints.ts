import type { Place } from '../api-base.ts';

export const endpoints = {
  'rechecks.list': 'GET /rechecks',
  'rechecks.get': 'GET /rechecks/:month',
  'rechecks.draw': 'POST /rechecks/:month/draws',
  'rechecks.check': 'POST /rechecks/:month/checks',
} as const satisfies Record<string, Place>;

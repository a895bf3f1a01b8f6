import type { Place } from '../api-base.ts';

export const endpoints = {
  'acts.list': 'GET /acts',
  'acts.export': 'GET /acts/export',
  'acts.ofHousehold': 'GET /households/:id/acts',
  'me.acts': 'GET /me/acts',
} as const satisfies Record<string, Place>;

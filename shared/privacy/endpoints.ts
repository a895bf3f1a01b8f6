import type { Place } from '../api-base.ts';

export const endpoints = {
  'households.personalData': 'GET /households/:id/personal-data',
  'households.proposeErasure': 'POST /households/:id/erasure',
  'me.personalData': 'GET /me/personal-data',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

/** Announced events, and those that a household came to, as its phone asks for them. */
export const ownEndpoints = {
  'workdays.own': 'GET /me/workdays',
} as const satisfies Record<string, Place>;

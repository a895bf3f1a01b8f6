import type { Place } from '../api-base.ts';

/** A household's own objections, as its phone asks for them. */
export const ownEndpoints = {
  'objections.own': 'GET /me/objections',
  'objections.make': 'POST /me/objections',
  'objections.withdrawOwn': 'POST /me/objections/:id/withdrawal',
  'objections.appealOwn': 'POST /me/objections/:id/appeal',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

/** A household's own reports, as its phone asks for them. */
export const ownEndpoints = {
  'reports.own': 'GET /me/reports',
  'reports.standing': 'GET /me/reports/standing',
  'reports.make': 'POST /me/reports',
  'reports.withdrawOwn': 'POST /me/reports/:id/withdrawal',
} as const satisfies Record<string, Place>;

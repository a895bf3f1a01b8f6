import type { Place } from '../api-base.ts';

/** Reminders and deductions of a household, as its phone asks for them. */
export const ownEndpoints = {
  'deductions.own': 'GET /me/reminders',
  'deductions.seen': 'POST /me/reminders/:id/seen',
  'deductions.agree': 'POST /me/reminders/:id/agreement',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';
import { ownEndpoints } from './own-endpoints.ts';

export const endpoints = {
  'deductions.reminders': 'GET /reminders',
  'deductions.reminder': 'GET /reminders/:id',
  'deductions.remind': 'POST /reminders',
  'deductions.deliver': 'POST /reminders/:id/delivery',
  'deductions.close': 'POST /reminders/:id/closing',
  'deductions.tell': 'POST /reminders/:id/telling',
  ...ownEndpoints,
} as const satisfies Record<string, Place>;

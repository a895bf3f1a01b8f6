import type { Place } from '../api-base.ts';
import { ownEndpoints } from './own-endpoints.ts';

export const endpoints = {
  'reports.list': 'GET /reports',
  'reports.get': 'GET /reports/:id',
  'reports.takeUp': 'POST /reports/:id/proposal',
  'reports.notAccept': 'POST /reports/:id/refusal',
  ...ownEndpoints,
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'rules.list': 'GET /rules',
  'rules.create': 'POST /rules',
  'rules.update': 'PATCH /rules/:id',
  'rules.versions': 'GET /rules/:id/versions',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'rules.list': 'GET /rules',
  'rules.create': 'POST /rules',
  'rules.update': 'PATCH /rules/:id',
  'rules.versions': 'GET /rules/:id/versions',
  'rules.withdraw': 'POST /rules/:id/withdrawal',
  'rules.file': 'POST /rules/filings',
} as const satisfies Record<string, Place>;

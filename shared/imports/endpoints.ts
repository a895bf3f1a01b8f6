import type { Place } from '../api-base.ts';

export const endpoints = {
  'imports.read': 'POST /imports/:kind',
  'imports.get': 'GET /imports/:id',
  'imports.correct': 'POST /imports/:id/correct',
  'imports.commit': 'POST /imports/:id/commit',
} as const satisfies Record<string, Place>;

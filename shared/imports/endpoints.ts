import type { Place } from '../api-base.ts';

export const endpoints = {
  'imports.read': 'POST /imports/:kind',
  'imports.get': 'GET /imports/:id',
  'imports.correct': 'POST /imports/:id/correct',
  'imports.commit': 'POST /imports/:id/commit',
  'imports.readScores': 'POST /score-sheets',
  'imports.blankScores': 'GET /score-sheets/blank/:format',
  'imports.getScores': 'GET /score-sheets/:id',
  'imports.correctScores': 'POST /score-sheets/:id/correct',
  'imports.commitScores': 'POST /score-sheets/:id/commit',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'board.villages': 'GET /board',
  'board.view': 'GET /board/:villageId',
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'rounds.list': 'GET /rounds',
  'rounds.judges': 'GET /rounds/judges',
  'rounds.open': 'POST /rounds',
  'rounds.get': 'GET /rounds/:id',
  'rounds.handIn': 'POST /rounds/:id/sheets',
  'rounds.close': 'POST /rounds/:id/close',
  'rounds.withdraw': 'POST /rounds/:id/withdraw',
} as const satisfies Record<string, Place>;

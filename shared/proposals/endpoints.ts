import type { Place } from '../api-base.ts';

export const endpoints = {
  'proposals.list': 'GET /proposals',
  'proposals.batches': 'GET /proposals/batches',
  'proposals.concerns': 'GET /proposals/concerns',
  'proposals.waiting': 'GET /proposals/waiting',
  'proposals.habits': 'GET /proposals/habits',
  'proposals.standing': 'GET /proposals/standing',
  'proposals.create': 'POST /proposals',
  'proposals.correct': 'POST /proposals/corrections',
  'proposals.createReversal': 'POST /proposals/reversals',
  'proposals.reverseBatch': 'POST /proposals/batches/:id/reversals',
  'proposals.decide': 'POST /proposals/decisions',
  'proposals.get': 'GET /proposals/:id',
  'households.proposeChange': 'POST /households/:id/changes',
} as const satisfies Record<string, Place>;

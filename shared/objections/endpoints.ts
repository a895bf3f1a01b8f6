import type { Place } from '../api-base.ts';
import { ownEndpoints } from './own-endpoints.ts';

export const endpoints = {
  'objections.list': 'GET /objections',
  'objections.get': 'GET /objections/:id',
  'objections.receive': 'POST /objections',
  'objections.answer': 'POST /objections/:id/answer',
  'objections.withdraw': 'POST /objections/:id/withdrawal',
  'objections.appeal': 'POST /objections/:id/appeal',
  'objections.judge': 'POST /objections/:id/judgement',
  'objections.refer': 'POST /objections/:id/referrals',
  'objections.township': 'POST /objections/:id/township-answer',
  ...ownEndpoints,
} as const satisfies Record<string, Place>;

import type { Place } from '../api-base.ts';

export const endpoints = {
  'changes.list': 'GET /changes',
  'changes.propose': 'POST /changes',
  'changes.get': 'GET /changes/:id',
  'changes.agree': 'POST /changes/:id/agreement',
  'changes.refuse': 'POST /changes/:id/refusal',
  'changes.withdraw': 'POST /changes/:id/withdrawal',
} as const satisfies Record<string, Place>;

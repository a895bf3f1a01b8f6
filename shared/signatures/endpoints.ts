import type { Place } from '../api-base.ts';

export const endpoints = {
  'signatures.list': 'GET /signatures',
  'signatures.next': 'GET /signatures/next',
  'signatures.document': 'GET /signatures/documents/:kind/:id',
  'signatures.sign': 'POST /signatures',
} as const satisfies Record<string, Place>;

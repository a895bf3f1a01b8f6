import type { Place } from '../api-base.ts';

export const endpoints = {
  'households.issueCard': 'POST /households/:id/cards',
  'households.revokeCard': 'POST /households/:id/cards/revoke',
  'cards.list': 'GET /cards',
  'cards.markPrinted': 'POST /cards/printed',
} as const satisfies Record<string, Place>;

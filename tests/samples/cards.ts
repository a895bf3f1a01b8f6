import type { endpoints } from '../../shared/cards/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'cards.list': () => ({}),
  'cards.sheet': ({ household }) => ({ body: { householdIds: [household.id] } }),
  'cards.markPrinted': ({ household }) => ({
    body: { cards: [{ householdId: household.id, issuedAtMs: household.cardIssuedAtMs }] },
  }),
};

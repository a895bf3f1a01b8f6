import type { endpoints } from '../../shared/cards/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'cards.list': () => ({}),
  'cards.markPrinted': ({ household }) => ({ body: { codes: [household.card] } }),
};

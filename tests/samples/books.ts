import type { endpoints } from '../../shared/books/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'ledger.entries': () => ({ query: { limit: 10 } }),
  'ledger.actors': () => ({}),
  'ledger.entry': ({ entryNumber }) => ({ params: { number: entryNumber } }),
  'ledger.trialBalance': () => ({}),
  'ledger.verify': () => ({ body: {} }),
  'ledger.lastVerification': () => ({}),
  'ledger.export': () => ({ params: { format: 'csv' } }),
};

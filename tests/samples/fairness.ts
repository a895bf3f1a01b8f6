import type { endpoints } from '../../shared/fairness/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'fairness.view': () => ({ query: { months: 2 } }),
  'fairness.entries': ({ ruleId }) => ({ query: { ruleId, figure: 'given' } }),
  'fairness.quiet': () => ({}),
};

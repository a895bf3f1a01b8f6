import type { endpoints } from '../../shared/budget/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'budget.view': () => ({}),
};

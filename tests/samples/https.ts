import type { endpoints } from '../../shared/https/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'https.get': () => ({}),
};

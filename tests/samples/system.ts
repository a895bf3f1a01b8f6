import type { endpoints } from '../../shared/system/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'system.health': () => ({}),
  'system.ready': () => ({}),
};

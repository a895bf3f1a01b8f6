import type { endpoints } from '../../shared/notices/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'notices.view': () => ({ query: { from: '2026-01-01', to: '2026-01-31' } }),
};

import type { endpoints } from '../../shared/copy/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'copy.whole': () => ({}),
  'copy.changes': ({ copy: { entry: since, mark, day } }) => ({ query: { since, mark, day } }),
};

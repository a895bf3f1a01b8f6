import type { endpoints } from '../../shared/acts/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'acts.list': () => ({}),
  'acts.export': () => ({}),
  'acts.ofHousehold': ({ household: { id } }) => ({ params: { id } }),
  'me.acts': () => ({}),
};

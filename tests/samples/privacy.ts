import type { endpoints } from '../../shared/privacy/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'households.personalData': ({ household }) => ({ params: { id: household.id } }),
  'households.proposeErasure': ({ closedId }) => ({ params: { id: closedId }, body: { reason: '本户要求' } }),
  'me.personalData': () => ({}),
};

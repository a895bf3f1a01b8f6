import type { endpoints } from '../../shared/notices/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'notices.view': () => ({ query: { from: '2026-01-01', to: '2026-01-31' } }),
  'notices.list': () => ({}),
  'notices.make': () => ({ body: {} }),
  'notices.get': ({ notices }) => ({ params: { id: notices.made } }),
  'notices.review': ({ notices }) => ({
    params: { id: notices.hanging },
    body: { hash: notices.hash, remark: '' },
  }),
  'notices.putUp': ({ notices }) => ({ params: { id: notices.made }, body: {} }),
  'notices.show': ({ notices }) => ({ body: { numbers: [notices.toShow] } }),
  'notices.takeDown': ({ notices }) => ({ params: { id: notices.hanging }, body: {} }),
};

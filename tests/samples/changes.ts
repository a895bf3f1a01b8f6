import type { endpoints } from '../../shared/changes/endpoints.ts';
import { changeSample, type SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'changes.list': () => ({ query: { limit: 10 } }),
  'changes.get': ({ changes }) => ({ params: { id: changes.toAgree.id } }),
  'changes.propose': (_, fresh) => ({ body: changeSample(1_000 + (parseInt(fresh, 16) % 90_000)) }),
  'changes.agree': ({ changes: { toAgree } }) => ({
    params: { id: toAgree.id },
    body: { mark: toAgree.mark },
  }),
  'changes.refuse': ({ changes }) => ({ params: { id: changes.toRefuse.id }, body: { note: '先开会' } }),
  'changes.withdraw': ({ changes }) => ({ params: { id: changes.toWithdraw.id } }),
};

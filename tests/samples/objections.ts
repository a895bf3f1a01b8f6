import type { endpoints } from '../../shared/objections/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

const reason = '核对过了';

export const samples: SamplesOf<typeof endpoints> = {
  'objections.list': () => ({ query: { filter: 'all', limit: 10 } }),
  'objections.get': ({ objections }) => ({ params: { id: objections.toAnswer } }),
  'objections.receive': ({ notices }, fresh) => ({
    body: { kind: 'objection', proposalId: notices.deedId, name: '赵大爷', words: `那天没看见 ${fresh}` },
  }),
  'objections.answer': ({ objections }) => ({
    params: { id: objections.toAnswer },
    body: { outcome: 'rejected', reason },
  }),
  'objections.withdraw': ({ objections }) => ({ params: { id: objections.toWithdraw }, body: { reason } }),
  'objections.appeal': ({ objections }) => ({ params: { id: objections.toAppeal }, body: { reason } }),
  'objections.judge': ({ objections }) => ({
    params: { id: objections.toJudge },
    body: { verdict: 'send_back', reason },
  }),
  'objections.refer': ({ objections }) => ({
    params: { id: objections.toJudge },
    body: { namesObjector: false },
  }),
  'objections.township': ({ objections }) => ({
    params: { id: objections.toJudge },
    body: { answer: 'confirm', reason },
  }),
  'objections.own': () => ({}),
  'objections.make': (_, fresh) => ({ body: { kind: 'suggestion', words: `多开一天门 ${fresh}` } }),
  'objections.withdrawOwn': ({ objections }) => ({ params: { id: objections.ownOpen }, body: {} }),
  'objections.appealOwn': ({ objections }) => ({ params: { id: objections.ownAnswered }, body: { reason } }),
};

import type { endpoints } from '../../shared/proposals/endpoints.ts';
import { today, type SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'households.proposeChange': ({ quietId }) => ({
    params: { id: quietId },
    body: { kind: 'split', fresh: { head: '王小强', group: '一组' }, points: 0, reason: '儿子分家' },
  }),
  'proposals.list': () => ({ query: { limit: 10 } }),
  'proposals.batches': () => ({ query: { limit: 10 } }),
  'proposals.waiting': () => ({}),
  'proposals.habits': () => ({}),
  'proposals.concerns': ({ batchId }) => ({ query: { batchIds: batchId } }),
  'proposals.standing': ({ ruleId, household }) => ({ query: { ruleId, householdIds: household.id } }),
  'proposals.create': ({ ruleId, household, evidenceId }) => ({
    body: { ruleId, householdIds: [household.id], points: 100, note: '帮邻居', pictureIds: [evidenceId] },
  }),
  'proposals.correct': ({ returnedId, ruleId, evidenceId }) => ({
    body: {
      ids: [returnedId],
      ruleId,
      points: 300,
      note: '写清楚了',
      effectiveOn: today(),
      pictureIds: [evidenceId],
    },
  }),
  'proposals.createReversal': ({ entryNumber }) => ({ body: { number: entryNumber, reason: '弄错了' } }),
  'proposals.reverseBatch': ({ postedBatchId }) => ({
    params: { id: postedBatchId },
    body: { reason: '整批弄错了' },
  }),
  'proposals.decide': ({ proposalId }) => ({
    body: { action: 'return', ids: [proposalId], reason: '请写清楚' },
  }),
  'proposals.get': ({ proposalId }) => ({ params: { id: proposalId } }),
};

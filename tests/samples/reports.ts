import type { endpoints } from '../../shared/reports/endpoints.ts';
import { type SamplesOf, today } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'reports.list': () => ({ query: { filter: 'all', limit: 10 } }),
  'reports.get': ({ reports }) => ({ params: { id: reports.toTakeUp } }),
  'reports.takeUp': ({ reports }) => ({ params: { id: reports.toTakeUp }, body: { note: '问过邻居' } }),
  'reports.notAccept': ({ reports }) => ({
    params: { id: reports.toRefuse },
    body: { reason: '那天没有人看见' },
  }),
  'reports.own': () => ({}),
  'reports.standing': ({ reports }) => ({ query: { ruleId: reports.ruleId, day: today() } }),
  'reports.make': ({ reports }, fresh) => ({
    body: { kind: 'own', ruleId: reports.ruleId, day: today(), words: `扫了门前的路 ${fresh}` },
  }),
  'reports.withdrawOwn': ({ reports }) => ({ params: { id: reports.ownWaiting }, body: {} }),
};

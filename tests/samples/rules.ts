import type { endpoints } from '../../shared/rules/endpoints.ts';
import { ruleSample, type SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'rules.list': () => ({}),
  'rules.create': (_, fresh) => ({ body: ruleSample(fresh, '清扫') }),
  'rules.update': ({ ruleId }) => ({ params: { id: ruleId }, body: { evidence: '照片' } }),
  'rules.versions': ({ ruleId }) => ({ params: { id: ruleId } }),
};

import type { endpoints } from '../../shared/rules/endpoints.ts';
import { ruleSample, type SamplesOf, today } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'rules.list': () => ({}),
  'rules.create': (_, fresh) => ({ body: ruleSample(fresh, '清扫') }),
  'rules.update': ({ ruleId }) => ({ params: { id: ruleId }, body: { evidence: '照片' } }),
  'rules.withdraw': ({ announcedRuleId }) => ({ params: { id: announcedRuleId }, body: { version: 2 } }),
  'rules.file': ({ ruleId }) => ({
    body: { filedOn: today(), versions: [{ ruleId, version: 1 }] },
  }),
  'rules.versions': ({ ruleId }) => ({ params: { id: ruleId } }),
};

import type { endpoints } from '../../shared/rounds/endpoints.ts';
import { type SamplesOf, today } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'rounds.list': () => ({ query: { limit: 10 } }),
  'rounds.judges': () => ({}),
  'rounds.open': ({ ruleId, household, rounds }, fresh) => ({
    body: {
      ...{ name: `美丽庭院${fresh}`, day: today(), ruleId, judgeIds: [...rounds.judgeIds] },
      items: [{ name: '齐', most: 1000 }],
      bands: [{ least: 800, points: 300 }],
      ...{ groups: [], householdIds: [household.id] },
    },
  }),
  'rounds.get': ({ rounds }) => ({ params: { id: rounds.toHandIn } }),
  'rounds.handIn': ({ rounds }) => ({
    params: { id: rounds.toHandIn },
    body: { judgeId: rounds.judgeIds[0] ?? '', marks: [[850]], versionSeen: 0 },
  }),
  'rounds.close': ({ rounds }) => ({ params: { id: rounds.toClose }, body: { leftOut: 0 } }),
  'rounds.withdraw': ({ rounds }) => ({ params: { id: rounds.toWithdraw }, body: { reason: '评委病了' } }),
};

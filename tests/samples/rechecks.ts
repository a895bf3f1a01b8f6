import type { endpoints } from '../../shared/rechecks/endpoints.ts';
import { type SamplesOf, today } from '../support/sample-parts.ts';

/** The furnished village is of today: no month of it is over. */
const lastMonth = () => {
  const [year = 0, month = 1] = today().split('-').map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
};

export const samples: SamplesOf<typeof endpoints> = {
  'rechecks.list': () => ({}),
  'rechecks.get': () => ({ params: { month: lastMonth() } }),
  'rechecks.draw': () => ({
    params: { month: lastMonth() },
    body: {
      head: { number: 1, digits: '0000 0000 0000 0000' },
      ...{ called: 427, calledBy: '三组村民代表', count: 5, drawsSeen: 0 },
    },
  }),
  'rechecks.check': ({ entryNumber }) => ({
    params: { month: lastMonth() },
    body: { number: entryNumber, outcome: 'stood', note: '' },
  }),
};

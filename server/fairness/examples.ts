import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'fairness', id: 'fairness.view', as: 'approver', query: { months: 3 } },
  {
    name: 'behind-a-figure',
    id: 'fairness.entries',
    as: 'approver',
    query: { months: 3, figure: 'given', limit: 2 },
  },
  { name: 'to-visit', id: 'fairness.quiet', as: 'approver', query: { limit: 10 } },
];

import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  {
    name: 'set-budget',
    id: 'village.update',
    as: 'admin',
    body: { settings: { budgetHundredths: 100_000, budgetHeads: [] } },
  },
  { name: 'budget', id: 'budget.view', as: 'approver' },
];

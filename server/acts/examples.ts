import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'acts', id: 'acts.list', as: 'admin', query: { act: 'households.', limit: 3 } },
  { name: 'acts-exported', id: 'acts.export', as: 'admin', query: { act: 'cards.' } },
  {
    name: 'acts-of-household',
    id: 'acts.ofHousehold',
    as: 'committee',
    params: { id: '$wang.id' },
    query: { limit: 2 },
  },
];

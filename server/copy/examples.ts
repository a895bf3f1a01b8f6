import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'copy', id: 'copy.whole', as: 'volunteer' },
  {
    name: 'copy-changes',
    id: 'copy.changes',
    as: 'volunteer',
    query: { since: '$copy.entry', mark: '$copy.mark', day: '$copy.day' },
  },
];

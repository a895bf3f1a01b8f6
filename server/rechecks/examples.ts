import type { Example } from '../http/index.ts';

/** The story is too short for a month that is over: what a village sees and is refused in its first one. */
export const examples: readonly Example[] = [
  { name: 'rechecks', id: 'rechecks.list', as: 'committee' },
  { name: 'recheck', id: 'rechecks.get', as: 'committee', params: { month: '2026-02' } },
  {
    name: 'recheck-too-early',
    id: 'rechecks.draw',
    as: 'committee',
    params: { month: '2026-03' },
    body: {
      head: { number: 1, digits: '0000 0000 0000 0000' },
      ...{ called: 427, calledBy: '三组村民代表', count: 5, drawsSeen: 0 },
    },
    refused: 'recheck.month_open',
  },
  {
    name: 'recheck-not-drawn',
    id: 'rechecks.check',
    as: 'committee',
    params: { month: '2026-02' },
    body: { number: 1, outcome: 'stood' },
    refused: 'recheck.not_drawn',
  },
];

import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'reminders', id: 'deductions.reminders', as: 'committee', query: { filter: 'open', limit: 10 } },
  { name: 'reminder', id: 'deductions.reminder', as: 'supervisor', params: { id: '$reminded.id' } },
  {
    name: 'put-right',
    id: 'deductions.close',
    as: 'approver',
    params: { id: '$reminded.id' },
    body: { end: 'put_right' },
  },
  {
    name: 'reminded-again',
    id: 'deductions.remind',
    as: 'committee',
    body: {
      ...{ householdId: '$wang.id', ruleId: '$litter-rule.id', words: '门口又堆了砖，请清走' },
      dueOn: '2026-03-09',
    },
  },
  {
    name: 'delivered',
    id: 'deductions.deliver',
    as: 'committee',
    params: { id: '$reminded-again.id' },
    body: { way: 'paper' },
  },
  {
    name: 'told-too-early',
    id: 'deductions.tell',
    as: 'committee',
    params: { id: '$reminded-again.id' },
    body: { way: 'paper' },
    refused: 'reminder.state',
  },
];

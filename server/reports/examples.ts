import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'reports', id: 'reports.list', as: 'approver', query: { filter: 'waiting', limit: 10 } },
  {
    name: 'report-taken-up',
    id: 'reports.takeUp',
    as: 'committee',
    params: { id: '$helped-by-li.id' },
    body: { note: '李大娘看了我家孩子一下午' },
  },
  {
    name: 'report-not-accepted',
    id: 'reports.notAccept',
    as: 'committee',
    params: { id: '$reported-by-phone.id' },
    body: { reason: '孙家说那天是雇的工' },
  },
  { name: 'report', id: 'reports.get', as: 'supervisor', params: { id: '$reported-by-phone.id' } },
];

import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  {
    name: 'point-alone',
    id: 'village.update',
    as: 'admin',
    body: { settings: { pointValueFen: 120 } },
    refused: 'change.needs_second',
  },
  {
    name: 'point-handed-in',
    id: 'changes.propose',
    as: 'admin',
    body: {
      ...{ operation: 'village.update', body: { settings: { pointValueFen: 120 } } },
      reason: '村民大会三月一日定的',
    },
  },
  {
    name: 'point-twice',
    id: 'changes.propose',
    as: 'admin',
    body: { operation: 'village.update', body: { settings: { pointValueFen: 120 } } },
    refused: 'change.waiting',
  },
  { name: 'changes', id: 'changes.list', as: 'approver', query: { limit: 10 } },
  {
    name: 'point-agreed',
    id: 'changes.agree',
    as: 'approver',
    params: { id: '$point-handed-in.id' },
    body: { mark: '$changes.items.0.mark' },
  },
  {
    name: 'zone-handed-in',
    id: 'changes.propose',
    as: 'admin',
    body: { operation: 'village.update', body: { settings: { timeZone: 'Asia/Urumqi' } } },
  },
  {
    name: 'zone-refused',
    id: 'changes.refuse',
    as: 'approver',
    params: { id: '$zone-handed-in.id' },
    body: { note: '村里一直用北京时间' },
  },
  { name: 'zone', id: 'changes.get', as: 'admin', params: { id: '$zone-handed-in.id' } },
  {
    name: 'pin-handed-in',
    id: 'changes.propose',
    as: 'admin',
    body: { operation: 'village.update', body: { settings: { pinAboveHundredths: null } } },
  },
  {
    name: 'pin-withdrawn',
    id: 'changes.withdraw',
    as: 'admin',
    params: { id: '$pin-handed-in.id' },
  },
];

import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  { name: 'handover-people', id: 'handovers.people', as: 'committee' },
  {
    name: 'handover',
    id: 'handovers.start',
    as: 'committee',
    body: {
      fromStaffId: '$log-in-approver.staff.id',
      toStaffId: '$committee.staff.id',
      changedOn: '2026-02-28',
    },
  },
  {
    name: 'handover-twice',
    id: 'handovers.start',
    as: 'committee',
    body: {
      fromStaffId: '$log-in-approver.staff.id',
      toStaffId: '$committee.staff.id',
      changedOn: '2026-02-28',
    },
    refused: 'handover.under_way',
  },
  { name: 'handover-pack', id: 'handovers.get', as: 'committee', params: { id: '$handover.id' } },
  {
    name: 'handover-signed',
    id: 'handovers.sign',
    as: 'approver',
    params: { id: '$handover.id' },
    body: {
      hash: '$handover-pack.hash',
      password: 'three-bags-of-flour',
      remark: '钥匙两把、公章一枚，当面点清',
    },
  },
  {
    name: 'handover-withdrawn',
    id: 'handovers.withdraw',
    as: 'committee',
    params: { id: '$handover.id' },
    body: { reason: '接收人选错了' },
  },
  { name: 'handovers', id: 'handovers.list', as: 'committee' },
];

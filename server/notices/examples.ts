import type { Example } from '../http/index.ts';

/** They are played after those of the signatures: a supervisor has logged in. */
export const examples: readonly Example[] = [
  { name: 'notice-days', id: 'village.update', as: 'admin', body: { settings: { noticeDays: 5 } } },
  {
    name: 'notice-deed',
    id: 'proposals.create',
    as: 'committee',
    body: { ruleId: '$lane.id', householdIds: ['$wang.id'], points: 500, effectiveOn: '2026-02-20' },
  },
  { name: 'notice-deed-seen', id: 'proposals.get', as: 'approver', params: { id: '$notice-deed.ids.0' } },
  {
    name: 'notice-deed-approved',
    id: 'proposals.decide',
    as: 'approver',
    body: { action: 'approve', ids: ['$notice-deed.ids.0'], marks: ['$notice-deed-seen.mark'] },
  },
  { name: 'notice-made', id: 'notices.make', as: 'committee', body: {} },
  { name: 'notice-nothing', id: 'notices.make', as: 'committee', body: {}, refused: 'notice.nothing' },
  { name: 'notice-sheet', id: 'notices.get', as: 'committee', params: { id: '$notice-made.id' } },
  {
    name: 'notice-too-early',
    id: 'notices.putUp',
    as: 'committee',
    params: { id: '$notice-made.id' },
    body: {},
    refused: 'notice.unreviewed',
  },
  {
    name: 'notice-reviewed',
    id: 'notices.review',
    as: 'supervisor',
    params: { id: '$notice-made.id' },
    body: { hash: '$notice-sheet.hash', remark: '名单和评议记录一致' },
  },
  {
    name: 'notice-up',
    id: 'notices.putUp',
    as: 'committee',
    params: { id: '$notice-made.id' },
    body: {},
  },
  { name: 'notices-numbered', id: 'notices.list', as: 'committee', query: { limit: 10 } },
  {
    name: 'notice-down',
    id: 'notices.takeDown',
    as: 'committee',
    params: { id: '$notice-made.id' },
    body: {},
  },
];

import type { Example } from './define.ts';

/** Eight by eight grey dots, as a phone would send two million of a clean yard. */
export const PHOTO = {
  name: 'photo.jpg',
  base64:
    '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AAP/Z',
};

/** Households, the rule book, and deeds that one person proposes and another approves. */
export const conduct: readonly Example[] = [
  {
    name: 'wang',
    id: 'households.create',
    as: 'admin',
    body: { number: '0101', head: '王小明', group: '第一组', size: 4 },
  },
  {
    name: 'li',
    id: 'households.create',
    as: 'admin',
    body: { number: '0102', head: '李大娘', group: '第一组', size: 1, phone: '0391-8801234' },
  },
  {
    name: 'number-taken',
    id: 'households.create',
    as: 'admin',
    body: { number: '0101', head: '孙强', group: '第二组' },
    refused: 'household.number_taken',
  },
  {
    name: 'wang-changed',
    id: 'households.update',
    as: 'committee',
    params: { id: '$wang.id' },
    body: { size: 5 },
  },
  {
    name: 'card',
    id: 'households.issueCard',
    as: 'committee',
    params: { id: '$wang.id' },
    body: {},
  },
  { name: 'pin', id: 'households.resetPin', as: 'committee', params: { id: '$wang.id' }, body: {} },
  { name: 'groups', id: 'households.groups', as: 'committee' },
  { name: 'found', id: 'households.list', as: 'committee', query: { q: 'wxm', limit: 20 } },
  {
    name: 'lane',
    id: 'rules.create',
    as: 'admin',
    body: {
      code: 'WM-01',
      category: '五美家庭',
      title: '门前屋后干净整洁',
      pointsMode: 'range',
      points: null,
      pointsMin: 500,
      pointsMax: 3000,
      perUnit: null,
      proposer: '网格员',
      evidence: '照片',
      limitText: '每月一次',
      limitPeriod: 'month',
      limitTimes: 1,
      limitPoints: null,
      enabled: true,
    },
  },
  {
    name: 'lane-changed',
    id: 'rules.update',
    as: 'admin',
    params: { id: '$lane.id' },
    body: { pointsMax: 5000 },
  },
  { name: 'rules', id: 'rules.list', as: 'committee' },
  { name: 'wordings', id: 'rules.versions', as: 'committee', params: { id: '$lane.id' } },
  { name: 'evidence', id: 'pictures.add', as: 'committee', params: { purpose: 'evidence' }, file: PHOTO },
  { name: 'evidence-seen', id: 'pictures.get', as: 'approver', params: { id: '$evidence.id' } },
  {
    name: 'batch',
    id: 'proposals.create',
    as: 'committee',
    body: {
      ruleId: '$lane.id',
      householdIds: ['$wang.id', '$li.id'],
      points: 4000,
      note: '三月检查',
      pictureIds: ['$evidence.id'],
    },
  },
  { name: 'waiting', id: 'proposals.list', as: 'approver', query: { state: 'proposed', limit: 50 } },
  {
    name: 'own-entry',
    id: 'proposals.decide',
    as: 'committee',
    body: { action: 'approve', ids: ['$batch.ids.0'] },
    refused: 'auth.forbidden',
  },
  {
    name: 'approved',
    id: 'proposals.decide',
    as: 'approver',
    body: { action: 'approve', ids: ['$batch.ids.0', '$batch.ids.1'] },
  },
  {
    name: 'too-short',
    id: 'proposals.create',
    as: 'committee',
    body: { ruleId: '$lane.id', householdIds: ['$li.id'], points: 500 },
  },
  {
    name: 'sent-back',
    id: 'proposals.decide',
    as: 'approver',
    body: { action: 'return', ids: ['$too-short.ids.0'], reason: '请写清楚是哪一天' },
  },
  {
    name: 'corrected',
    id: 'proposals.correct',
    as: 'committee',
    body: {
      ids: ['$too-short.ids.0'],
      ruleId: '$lane.id',
      points: 500,
      note: '二月二十八日检查',
      effectiveOn: '2026-02-28',
      pictureIds: [],
    },
  },
  { name: 'proposal', id: 'proposals.get', as: 'committee', params: { id: '$batch.ids.0' } },
  {
    name: 'wrong-entry',
    id: 'proposals.createReversal',
    as: 'committee',
    body: { number: '$approved.journalNumbers.1', reason: '记错了户' },
  },
];

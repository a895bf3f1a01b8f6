import type { Example } from '../http/index.ts';

const withdrawn = { name: '重名的', day: '2026-03-02', ruleId: '$round-rule.id' } as const;
const JUDGES = ['$committee.staff.id', '$round-judge.staff.id', '$round-judge-too.staff.id'] as const;
const ITEMS = [
  { name: '齐', most: 1000 },
  { name: '洁', most: 1000 },
] as const;
const BANDS = [{ least: 1600, points: 500 }] as const;

export const examples: readonly Example[] = [
  {
    name: 'round-judge',
    id: 'staff.create',
    as: 'admin',
    body: { username: 'liudajie', displayName: '刘大姐', roles: ['judge'] },
  },
  {
    name: 'round-judge-too',
    id: 'staff.create',
    as: 'admin',
    body: { username: 'hanlaoshi', displayName: '韩老师', roles: ['judge'] },
  },
  { name: 'judges', id: 'rounds.judges', as: 'committee' },
  {
    name: 'round',
    id: 'rounds.open',
    as: 'committee',
    body: {
      ...{ name: '三月美丽庭院', day: '2026-03-02', ruleId: '$round-rule.id', items: ITEMS, bands: BANDS },
      ...{ judgeIds: JUDGES, householdIds: ['$wang.id'] },
    },
  },
  {
    name: 'marked',
    id: 'rounds.handIn',
    as: 'committee',
    params: { id: '$round.id' },
    body: { judgeId: JUDGES[0], marks: [[900, 850]], versionSeen: 0 },
  },
  {
    name: 'round-too-early',
    id: 'rounds.close',
    as: 'committee',
    params: { id: '$round.id' },
    body: { leftOut: 0 },
    refused: 'round.sheets_missing',
  },
  {
    name: 'keyed-in',
    id: 'rounds.handIn',
    as: 'approver',
    params: { id: '$round.id' },
    body: { judgeId: JUDGES[1], marks: [[850, 850]], versionSeen: 0 },
  },
  {
    name: 'keyed-in-too',
    id: 'rounds.handIn',
    as: 'approver',
    params: { id: '$round.id' },
    body: { judgeId: JUDGES[2], marks: [[900, 900]], versionSeen: 0 },
  },
  { name: 'round-results', id: 'rounds.get', as: 'committee', params: { id: '$round.id' } },
  {
    name: 'round-closed',
    id: 'rounds.close',
    as: 'committee',
    params: { id: '$round.id' },
    body: { leftOut: 0 },
  },
  {
    name: 'round-too-much',
    id: 'rounds.open',
    as: 'committee',
    body: { ...withdrawn, items: ITEMS, bands: BANDS, judgeIds: JUDGES, householdIds: ['$wang.id'] },
  },
  {
    name: 'round-withdrawn',
    id: 'rounds.withdraw',
    as: 'committee',
    params: { id: '$round-too-much.id' },
    body: { reason: '开重了' },
  },
  { name: 'rounds', id: 'rounds.list', as: 'committee' },
];

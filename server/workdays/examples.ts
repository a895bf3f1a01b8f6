import type { Example } from '../http/index.ts';

const reason = '中途有事先走了';

export const examples: readonly Example[] = [
  {
    name: 'workday-announced',
    id: 'workdays.announce',
    as: 'committee',
    body: {
      ...{ title: '村道大扫除', day: '2026-03-02', from: '08:00', until: '11:00', place: '村委门口' },
      ...{ ruleId: '$hour-rule.id', most: 60 },
    },
  },
  {
    name: 'signed-in',
    id: 'workdays.signIn',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { householdId: '$wang.id' },
  },
  {
    name: 'signed-in-twice',
    id: 'workdays.signIn',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { householdId: '$wang.id' },
    refused: 'workday.twice',
  },
  {
    name: 'signed-out',
    id: 'workdays.signOut',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { attendanceIds: ['$signed-in.attendanceIds.0'] },
  },
  {
    name: 'list-entered',
    id: 'workdays.enterList',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { items: [{ householdId: '$li.id', member: '长子', minutes: 180 }] },
  },
  {
    name: 'hours-lowered',
    id: 'workdays.setHours',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { attendanceId: '$list-entered.ids.0', minutes: 120, reason },
  },
  {
    name: 'left-out',
    id: 'workdays.leaveOut',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { attendanceId: '$signed-in.attendanceIds.0', isLeftOut: true, reason: '刚来就走了' },
  },
  { name: 'workday', id: 'workdays.get', as: 'committee', params: { id: '$workday-announced.id' } },
  {
    name: 'workday-closed',
    id: 'workdays.close',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { count: 1 },
  },
  {
    name: 'signed-in-late',
    id: 'workdays.signLate',
    as: 'committee',
    params: { id: '$workday-announced.id' },
    body: { householdId: '$wang.id', member: '次子', minutes: 60, reason: '卡忘在家里' },
    refused: 'change.needs_second',
  },
  {
    name: 'workday-planned',
    id: 'workdays.announce',
    as: 'committee',
    body: {
      ...{ title: '清沟', day: '2026-03-05', from: '14:00', until: '16:00', place: '东渠' },
      ruleId: '$hour-rule.id',
    },
  },
  {
    name: 'workday-cancelled',
    id: 'workdays.cancel',
    as: 'committee',
    params: { id: '$workday-planned.id' },
    body: { reason: '预报下雨' },
  },
  { name: 'workdays', id: 'workdays.list', as: 'committee', query: { limit: 10 } },
];

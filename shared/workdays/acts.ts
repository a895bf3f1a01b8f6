import type { ActsOfDomain } from '../acts/act-spec.ts';

const workday = { zh: '活动', en: 'Event', unit: 'digest' } as const;
const minutes = { zh: '时长', en: 'Hours', unit: 'minutes' } as const;
const hoursBy = { zh: '定时长的人', en: 'Hours by', unit: 'person' } as const;
const agreedBy = { zh: '同意的人', en: 'Agreed by', unit: 'person' } as const;
const hoursReason = { zh: '改时长的原因', en: 'Why the hours were changed' } as const;
const isLeftOut = { zh: '不算进去', en: 'Left out', unit: 'yesNo' } as const;
const leftOutReason = { zh: '不算进去的原因', en: 'Why it was left out' } as const;
const event = { zh: '活动', en: 'Event' } as const;
const day = { zh: '日期', en: 'Day' } as const;
/** Told of the household, and erased with it. */
const member = { zh: '谁来的', en: 'Member' } as const;
const lateReason = { zh: '补录原因', en: 'Why it is late' } as const;

const attendanceFields = {
  workday,
  way: { zh: '怎么签的', en: 'How', unit: 'digest' },
  inAtMs: { zh: '签到', en: 'Signed in', unit: 'moment' },
  outAtMs: { zh: '签退', en: 'Signed out', unit: 'moment' },
  minutes,
  isLate: { zh: '补录', en: 'Entered late', unit: 'yesNo' },
  inBy: { zh: '签到经办', en: 'Signed in by', unit: 'person' },
  hoursBy,
  agreedBy,
  member,
} as const;

/** A late sign-in as the one who agrees is shown it. */
export const lateFields = { event, day, member, minutes, lateReason } as const;
/** Hours as the one who agrees is shown them. */
export const hoursFields = { event, day, member, minutes, hoursReason } as const;

export const acts = {
  'workdays.created': {
    zh: '发布了义务劳动或活动',
    en: 'announced an event',
    fields: {
      title: { zh: '名称', en: 'Title' },
      day,
      fromClock: { zh: '几点开始', en: 'From' },
      untilClock: { zh: '几点结束', en: 'Until' },
      place: { zh: '地点', en: 'Place' },
      ruleId: { zh: '细则', en: 'Rule', unit: 'digest' },
      most: { zh: '最多几人', en: 'At most' },
      announcedAtMs: { zh: '发布时间', en: 'Announced', unit: 'moment' },
      announcedBy: { zh: '发布人', en: 'Announced by', unit: 'person' },
      state: { zh: '状态', en: 'State', unit: 'digest' },
    },
  },
  'workdays.cancelled': {
    zh: '取消了义务劳动或活动',
    en: 'cancelled an event',
    fields: {
      state: { zh: '状态', en: 'State', unit: 'digest' },
      reason: { zh: '原因', en: 'Reason' },
    },
  },
  'workdays.closed': {
    zh: '结束了义务劳动或活动，报了加分',
    en: 'closed an event and proposed its awards',
    fields: {
      state: { zh: '状态', en: 'State', unit: 'digest' },
      closedAtMs: { zh: '结束时间', en: 'Closed', unit: 'moment' },
      closedBy: { zh: '结束的人', en: 'Closed by', unit: 'person' },
      batch: { zh: '哪一批申报', en: 'Batch', unit: 'digest' },
      count: { zh: '报了几条', en: 'Awards proposed' },
    },
  },
  'workdays.signed_in': { zh: '登记了签到', en: 'signed somebody in', fields: attendanceFields },
  'workdays.signed_in_late': {
    zh: '补录了签到',
    en: 'signed somebody in late',
    fields: { ...attendanceFields, lateReason },
  },
  'workdays.signed_out': {
    zh: '登记了签退',
    en: 'signed somebody out',
    fields: { outAtMs: attendanceFields.outAtMs, minutes, hoursBy },
  },
  'workdays.hours_set': {
    zh: '改了时长',
    en: 'changed hours',
    fields: { minutes, hoursBy, agreedBy, hoursReason },
  },
  'workdays.left_out': {
    zh: '改了算不算进加分',
    en: 'left somebody out, or put them back',
    fields: { isLeftOut, leftOutReason },
  },
} as const satisfies ActsOfDomain;

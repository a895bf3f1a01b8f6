import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'notices.made': {
    zh: '做了一期公示',
    en: 'made a notice',
    fields: {
      number: { zh: '第几期', en: 'Number' },
      days: { zh: '公示天数', en: 'Days to hang' },
      count: { zh: '条数', en: 'Deeds' },
      points: { zh: '积分合计', en: 'Points together', unit: 'points' },
      document: { zh: '公示名单的哈希', en: 'Hash of the list' },
    },
  },
  'notices.put_up': {
    zh: '记下公示已贴出',
    en: 'noted that a notice hangs',
    fields: {
      postsOn: { zh: '到期入账', en: 'Points move on' },
      isUnreviewed: { zh: '未经监督员审阅', en: 'Without a supervisor’s signature', unit: 'yesNo' },
      isByScreen: { zh: '公示屏放出', en: 'Shown by a board', unit: 'yesNo' },
    },
  },
  'notices.shown': {
    zh: '公示屏放完一遍公示',
    en: 'showed all of a notice on a board',
    fields: { day: { zh: '哪一天', en: 'Day' } },
  },
  'notices.taken_down': {
    zh: '记下公示已取下',
    en: 'noted that a notice hangs no more',
    fields: {
      isEarly: { zh: '没到期', en: 'Before its end', unit: 'yesNo' },
      missedOn: { zh: '公示屏没放的那天', en: 'Not shown by a board on' },
    },
  },
  'notices.ended': {
    zh: '公示期满',
    en: 'ended: all its deeds are posted or were taken off',
    fields: { count: { zh: '入账条数', en: 'Posted' } },
  },
} as const satisfies ActsOfDomain;

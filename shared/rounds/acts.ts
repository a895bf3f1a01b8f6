import type { ActsOfDomain } from '../acts/act-spec.ts';

const sheet = {
  judge: { zh: '评委', en: 'Judge', unit: 'person' },
  version: { zh: '第几次交', en: 'Handed in for the nth time' },
  /** Shown to nobody here: judges do not see each other's marks before all have handed in. */
  marks: { zh: '打的分', en: 'Marks', unit: 'digest' },
} as const;

export const acts = {
  'rounds.opened': {
    zh: '开了一轮评比',
    en: 'opened a round',
    fields: {
      number: { zh: '第几轮', en: 'Round' },
      name: { zh: '名称', en: 'Name' },
      day: { zh: '日期', en: 'Day' },
      rule: { zh: '细则编号', en: 'Rule', unit: 'digest' },
      ruleName: { zh: '细则', en: 'Rule' },
      items: { zh: '看哪几项', en: 'Items' },
      bands: { zh: '多少分加几分', en: 'Bands' },
      count: { zh: '户数', en: 'Households' },
      households: { zh: '评哪些户', en: 'Households', unit: 'digest' },
      judges: { zh: '评委', en: 'Judges', unit: 'person' },
    },
  },
  'rounds.handed_in': { zh: '交了一张评分表', en: 'handed in a sheet of marks', fields: sheet },
  'rounds.corrected': { zh: '更正了一张评分表', en: 'corrected a sheet of marks', fields: sheet },
  'rounds.closed': {
    zh: '评比结束，提了加分',
    en: 'closed a round, and its awards are proposed',
    fields: {
      results: { zh: '各户的平均分', en: 'Means of the households', unit: 'digest' },
      batch: { zh: '这一批申报', en: 'Batch', unit: 'digest' },
      awards: { zh: '加分户数', en: 'Households awarded' },
      total: { zh: '一共加', en: 'Points in all', unit: 'points' },
      leftOut: { zh: '够分没加的户数', en: 'Left out' },
    },
  },
  'rounds.withdrawn': {
    zh: '撤了一轮评比',
    en: 'withdrew a round',
    fields: { reason: { zh: '原因', en: 'Reason' } },
  },
} as const satisfies ActsOfDomain;

import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'notice.days': {
    zh: {
      title: '公示的日期不对',
      detail: '一张公示[最多 {most} 天，]最后一天不能早于第一天。什么都没有改动，请另选日期。',
    },
    en: {
      title: 'These days do not fit',
      detail:
        'The last day of a notice cannot be before its first[, and a notice covers at most {most} days]. Nothing was changed; choose other days.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  notices: { zh: '可以打印张贴的公告。', en: 'Notices to print and put up.' },
} as const satisfies Tags;

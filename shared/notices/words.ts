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
  'notice.not_found': {
    zh: { title: '没有这期公示', detail: '没有找到这期公示，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such notice',
      detail: 'The notice was not found; nothing was changed. Reload and look again.',
    },
  },
  'notice.nothing': {
    zh: {
      title: '没有要公示的',
      detail: '现在没有批准了、还没公示的加分。没有做公示，什么都没有改动。请等有人批准以后再做。',
    },
    en: {
      title: 'Nothing to announce',
      detail:
        'No approved award waits for a notice. None was made and nothing was changed. Make one after somebody has approved.',
    },
  },
  'notice.over': {
    zh: { title: '这期公示已经期满', detail: '这期公示已经期满，上面的都办完了。什么都没有改动。' },
    en: {
      title: 'This notice is over',
      detail: 'The notice has ended and everything on it is settled. Nothing was changed.',
    },
  },
  'notice.hangs': {
    zh: {
      title: '这期公示已经贴着',
      detail: '已经有人记下这期公示贴出了，没有再记一次，什么都没有改动，天数照算。',
    },
    en: {
      title: 'This notice hangs already',
      detail: 'Somebody has noted that this notice hangs; nothing was changed, and its days go on.',
    },
  },
  'notice.not_up': {
    zh: {
      title: '这期公示没有贴着',
      detail: '这期公示没有贴出，或者已经取下。什么都没有改动。请刷新后再看。',
    },
    en: {
      title: 'This notice does not hang',
      detail: 'The notice was not put up, or was taken down. Nothing was changed. Reload and look again.',
    },
  },
  'notice.unreviewed': {
    zh: {
      title: '监督员还没有审阅',
      detail:
        '公示贴出前要监督员先看过并签字。没有贴出，什么都没有改动。请监督员审阅[；再过{seconds:wait}还没有回音，可以先贴，公示上会写明“未经监督员审阅”]。',
    },
    en: {
      title: 'No supervisor has looked at it',
      detail:
        'A supervisor looks at a notice and signs it before it goes out. It was not put up and nothing was changed. Ask a supervisor to sign it[; without an answer it may go out in {seconds:wait}, marked as unreviewed].',
    },
  },
  'notice.unfit': {
    zh: {
      title: '有不能公开的文字',
      detail:
        '公示上[有 {n} 处]文字像身份证号、电话、住址、全名或病贫称呼，不能公开。没有做、没有贴，积分没有变动。请先在这一页按列出的办法改好。',
    },
    en: {
      title: 'Some texts cannot go public',
      detail:
        'Texts of this notice[ ({n})] look like an identity number, a phone, an address, a whole name, an illness or poverty label. It was neither made nor put up and no points moved. Deal with them as this page says.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  notices: { zh: '可以打印张贴的公告。', en: 'Notices to print and put up.' },
} as const satisfies Tags;

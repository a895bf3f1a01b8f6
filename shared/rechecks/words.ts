import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'recheck.month_open': {
    zh: {
      title: '这个月还没有过完',
      detail: '这个月[（{month}）]还没有过完，末笔凭证还没定下来；没有抽，什么都没有改动。请下个月再抽。',
    },
    en: {
      title: 'The month is not over',
      detail:
        'The month[ ({month})] still goes on, and its last entry is not known yet. Nothing was drawn or changed. Draw once it is over.',
    },
  },
  'recheck.none': {
    zh: {
      title: '没有可抽的加分',
      detail: '这个月没有入账的加分，或者都抽过、冲正了；没有抽，什么都没有改动。',
    },
    en: {
      title: 'There is nothing to draw from',
      detail:
        'No award was booked in this month, or all were drawn or reversed already. Nothing was drawn or changed.',
    },
  },
  'recheck.head': {
    zh: {
      title: '末笔凭证对不上',
      detail: '抽查只认当月末笔[：第 {number} 号，{digits}]。没有抽，什么都没有改动。请刷新后再看。',
    },
    en: {
      title: 'This is not the last entry of the month',
      detail:
        'A draw goes by the last entry of its month[: {number}, {digits}]. Nothing was drawn or changed. Reload and look again.',
    },
  },
  'recheck.drawn': {
    zh: {
      title: '刚刚有人抽过',
      detail:
        '这个月抽的次数和您看到的不一样[，已经抽了 {count} 次]；这一次没有抽，什么都没有改动。请刷新后再看。',
    },
    en: {
      title: 'Somebody has just drawn',
      detail:
        'The draws of this month are not those that you saw[: there are {count} now]. Nothing was drawn this time. Reload and look again.',
    },
  },
  'recheck.enough': {
    zh: {
      title: '抽得够多了',
      detail: '一个月最多抽[ {most} 次]，这一次没有抽，什么都没有改动。',
    },
    en: {
      title: 'That is enough',
      detail: 'A month is drawn from at most[ {most} times]. Nothing was drawn or changed this time.',
    },
  },
  'recheck.not_drawn': {
    zh: {
      title: '这一笔没有抽中',
      detail: '这一笔[（第 {number} 号凭证）]不在这个月抽中的名单里，什么都没有记，积分没有变动。',
    },
    en: {
      title: 'This one was not drawn',
      detail:
        'This award[ (entry {number})] is not among those drawn in this month. Nothing was noted, no points moved.',
    },
  },
  'recheck.settled': {
    zh: {
      title: '已经查过了',
      detail: '这一笔已有人记了结果，没有再记，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'It was looked at already',
      detail: 'Somebody has noted what was found; nothing was noted again, no points moved. Reload and look.',
    },
  },
  'recheck.reason_missing': {
    zh: {
      title: '请写原因',
      detail: '不属实或没查成，要写明原因；没有记，积分没有变动。请写上原因再记。',
    },
    en: {
      title: 'Say why',
      detail:
        'What does not stand or could not be checked needs a reason. Nothing was noted, no points moved. Write the reason and send it again.',
    },
  },
  'recheck.own_entry': {
    zh: {
      title: '自己经手的不能自己查',
      detail: '这一笔是您申报或批准的，要由别人来查；没有记，积分没有变动。请交给另一位同志。',
    },
    en: {
      title: 'Not what you had a part in',
      detail:
        'You proposed or approved this award, so somebody else has to look at it. Nothing was noted, no points moved. Leave it to another person.',
    },
  },
  'recheck.own_household': {
    zh: {
      title: '要回避',
      detail: '涉及您自己家或申报过的亲属，应当回避；没有记，积分没有变动。请交给另一位同志。',
    },
    en: {
      title: 'Your own family',
      detail:
        'It concerns your own household or declared relatives, so somebody else has to look at it. Nothing was noted, no points moved.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  rechecks: {
    zh: '每月抽查：按公示过的末笔凭证和会上喊的数抽出几笔加分，复查属实不属实。',
    en: 'Random re-checks: a few awards of a month, drawn by a head that was published before and a number called out at the meeting.',
  },
} as const satisfies Tags;

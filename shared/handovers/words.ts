import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'handover.not_found': {
    zh: { title: '没有这份移交单', detail: '没有找到这份移交单，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such hand-over pack',
      detail: 'The hand-over pack was not found; nothing was changed. Reload and look again.',
    },
  },
  'handover.people': {
    zh: {
      title: '这两个人不行',
      detail:
        '移交人和接收人要是两个人，账号都在用，也都不是监督员。没有做移交单，什么都没有改动。请重新选人。',
    },
    en: {
      title: 'Not these two people',
      detail:
        'Two different people hand over and take over, with accounts in use, neither of them a supervisor. No pack was made and nothing was changed. Choose again.',
    },
  },
  'handover.day': {
    zh: {
      title: '换届的日子不对',
      detail: '换届的日子不能在今天以后，也不能早过一年。没有做移交单，什么都没有改动。请改日子。',
    },
    en: {
      title: 'Not this day of the change',
      detail:
        'The day of the change is neither after today nor more than a year ago. No pack was made and nothing was changed. Enter another day.',
    },
  },
  'handover.under_way': {
    zh: {
      title: '已经有一份移交单没签完',
      detail: '上一份移交单两边还没有签完。没有再做一份，什么都没有改动。请先签完，做错了就作废。',
    },
    en: {
      title: 'A hand-over is under way',
      detail:
        'Both sides have not signed the last hand-over pack yet. No other was made and nothing was changed. Have it signed, or withdraw it if it is wrong.',
    },
  },
  'handover.not_side': {
    zh: {
      title: '这份移交单不由您签',
      detail: '这份移交单只由移交人和接收人各用自己的账号签字。没有签字，什么都没有改动。',
    },
    en: {
      title: 'Not yours to sign',
      detail:
        'Only the two people named in this pack sign it, each with their own account. Nothing was signed or changed.',
    },
  },
  'handover.over': {
    zh: {
      title: '这份移交单已经办结',
      detail: '这份移交单两边都签了，或者已经作废。什么都没有改动。要再移交，请做一份新的。',
    },
    en: {
      title: 'This hand-over is over',
      detail:
        'Both sides have signed this pack, or it was withdrawn. Nothing was changed. Make a new one to hand over again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  handovers: {
    zh: '换届移交：移交单里有什么（定住的文件和哈希）、谁交谁接、最迟哪天、双方签字没有。',
    en: 'Hand-overs at a change of committee: the frozen pack and its hash, who hands over to whom, by which day, and who has signed.',
  },
} as const satisfies Tags;

import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'change.needs_second': {
    zh: {
      title: '要第二个人同意',
      detail:
        '这样的改动一个人不能办，还没有改，积分没有变动。请提交上去，由另一位审核人同意，同意后就办好。',
    },
    en: {
      title: 'Needs a second person',
      detail:
        'Nobody makes this change alone; nothing was changed, no points moved. Hand it in: it is done when an approver who is another person agrees.',
    },
  },
  'change.not_needed': {
    zh: {
      title: '不用第二个人同意',
      detail: '这一项自己就能办，所以没有提交，什么都没有改动。请直接保存。',
    },
    en: {
      title: 'Nobody need agree',
      detail: 'This can be done by one person, so it was not handed in; nothing was changed. Just save it.',
    },
  },
  'change.waiting': {
    zh: {
      title: '已经提交过',
      detail: '同样的改动已经提交，正等第二个人同意，没有再提交一次，什么都没有改动。请找审核人看一下。',
    },
    en: {
      title: 'Handed in already',
      detail:
        'The same change waits for a second person already; it was not handed in again, nothing was changed. Ask an approver to look at it.',
    },
  },
  'change.not_found': {
    zh: { title: '没有这项改动', detail: '没有找到这项改动，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such change',
      detail: 'This change was not found; nothing was changed. Reload and look again.',
    },
  },
  'change.state': {
    zh: {
      title: '已有人处理',
      detail: '这项改动已经有人处理过，这一次什么都没有改动，积分没有再动。请刷新后再看。',
    },
    en: {
      title: 'Somebody dealt with it',
      detail:
        'Somebody dealt with this change already; nothing was changed again, no points moved again. Reload and look again.',
    },
  },
  'change.seen_otherwise': {
    zh: {
      title: '和您看到的不一样',
      detail: '这项改动和您看到的不一样，没有办，什么都没有改动。请刷新，看清楚再决定。',
    },
    en: {
      title: 'Not what you saw',
      detail:
        'This change is not what you saw; it was not made and nothing was changed. Reload, read it, then decide.',
    },
  },
  'change.moved_on': {
    zh: {
      title: '情况已经变了',
      detail:
        '提交以后，要改的东西又变了，这项改动不能照原样办了，什么都没有改动，积分没有变动。请让提交的人撤回，按现在的情况重新提交。',
    },
    en: {
      title: 'Things have moved on',
      detail:
        'What it changes is no longer as it was when it was handed in, so it cannot be made; nothing was changed, no points moved. Ask whoever handed it in to withdraw it and hand it in anew.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  changes: {
    zh: '一个人不能办的改动：先提交，另一个人同意了才办。',
    en: 'Changes that nobody makes alone: one hands them in, another agrees, and they are made.',
  },
} as const satisfies Tags;

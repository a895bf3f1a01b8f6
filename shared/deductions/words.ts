import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'deduction.no_reminder': {
    zh: {
      title: '还没有提醒过',
      detail:
        '扣分以前要先提醒[：{household}户还没有关于 {code} 的提醒]。没有提出，积分没有变动。请先写提醒、送到户。',
    },
    en: {
      title: 'Not reminded yet',
      detail:
        'A household is reminded before anything is deducted[: {household} has no reminder about {code}]. Nothing was proposed and no points moved. Make a reminder and hand it over first.',
    },
  },
  'deduction.not_delivered': {
    zh: {
      title: '提醒还没送到',
      detail: '[{household}户的第 {number} 号]提醒没有记下送到。没有提出，积分没有变动。请先送到户，记下来。',
    },
    en: {
      title: 'The reminder is not delivered',
      detail:
        'Nobody noted that the household has its reminder[: {household}, no. {number}]. Nothing was proposed and no points moved. Hand it over and note it first.',
    },
  },
  'deduction.too_early': {
    zh: {
      title: '改正的日子还没过',
      detail: '[{household}户的提醒到 {day} 为止，]这一天过了、没有改好才能提扣分。没有提出，积分没有变动。',
    },
    en: {
      title: 'The household still has time',
      detail:
        'A deduction is proposed only after the day of its reminder is over[: {household} has until {day}]. Nothing was proposed and no points moved.',
    },
  },
  'deduction.lapsed': {
    zh: {
      title: '提醒过期了',
      detail:
        '[{household}户的提醒到 {day} 以后就]不能再作扣分的依据。没有提出，积分没有变动。要扣请重新提醒。',
    },
    en: {
      title: 'The reminder has lapsed',
      detail:
        'The reminder is too old to lead to a deduction[: {household}, it ended on {day}]. Nothing was proposed and no points moved. Remind the household anew.',
    },
  },
  'deduction.other_rule': {
    zh: {
      title: '扣分不能换细则',
      detail:
        '改正一条申报时，不能改成没提醒过的扣分[（{code}）]。没有改动，积分没有变动。请撤回它，先提醒，再另提。',
    },
    en: {
      title: 'Not under another rule',
      detail:
        'A correction makes no deduction under a rule without a reminder[: {code}]. Nothing was changed and no points moved. Withdraw it, remind the household, and propose anew.',
    },
  },
  'deduction.too_late': {
    zh: {
      title: '现在不用答复了',
      detail: '这条扣分已经办过，或者还没批准。这一次没有记下，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'Nothing to answer now',
      detail:
        'This deduction was dealt with meanwhile, or is not approved. Nothing was noted now and no points moved. Reload and look again.',
    },
  },
  'reminder.not_found': {
    zh: { title: '没有这张提醒', detail: '没有找到这张提醒，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such reminder',
      detail: 'The reminder was not found; nothing was changed. Reload and look again.',
    },
  },
  'reminder.no_deduction': {
    zh: {
      title: '这条细则不扣分',
      detail: '只有扣分的细则要提醒[，{code} 不是]。没有写提醒，积分没有变动。请另选细则。',
    },
    en: {
      title: 'This rule deducts nothing',
      detail:
        'Reminders are about rules that deduct[; {code} is none]. No reminder was made and no points moved. Choose another rule.',
    },
  },
  'reminder.due_day': {
    zh: {
      title: '改正期限不对',
      detail: '改正期限要从明天起[，最多 {most} 天]。没有写提醒，积分没有变动。请改日子。',
    },
    en: {
      title: 'The day is not possible',
      detail:
        'The day until which it is put right is tomorrow at the earliest[, and at most {most} days away]. No reminder was made and no points moved. Choose another day.',
    },
  },
  'reminder.stands': {
    zh: {
      title: '已经提醒过',
      detail:
        '[第 {number} 号]提醒说的就是这户、这条细则，还没了结。没有再写，积分没有变动。请打开原来那张。',
    },
    en: {
      title: 'Reminded already',
      detail:
        'A reminder about this rule to this household is open[: no. {number}]. No other was made and no points moved. Open that one.',
    },
  },
  'reminder.state': {
    zh: {
      title: '已经办过',
      detail: '这张提醒的状态变了，这一次没有办，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'Somebody dealt with it',
      detail:
        'The reminder has changed meanwhile; nothing was done now and no points moved. Reload and look again.',
    },
  },
  'reminder.day_over': {
    zh: {
      title: '改正的日子已经过了',
      detail: '提醒上的日子[（{day}）]过了才送到，不算数，没有记下，积分没有变动。请撤回，写一张新的。',
    },
    en: {
      title: 'Its day is over',
      detail:
        'A reminder that comes after its day[, {day},] leaves no time; nothing was noted and no points moved. Withdraw it and make a new one.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  deductions: {
    zh: '扣分以前的提醒、送达，和农户的答复。',
    en: 'Reminders before a deduction, their delivery, and the household’s answer.',
  },
} as const satisfies Tags;

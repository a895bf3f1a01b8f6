import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'me.no_pin': {
    zh: {
      title: '还没有密码',
      detail: '这户还没有密码（6 位数字），暂时不能在手机上查看，积分没有变动。请到村委领取。',
    },
    en: {
      title: 'No password yet',
      detail:
        'This household has no password yet and cannot look in by phone; no points moved. Ask the committee for one.',
    },
  },
  'me.helper': {
    zh: {
      title: '帮看的手机只能看',
      detail: '这台手机是帮别家看的，只能看，不能改，积分没有变动。请这家用自己的手机办，或者到村委办。',
    },
    en: {
      title: 'A helper’s phone can only look',
      detail:
        'This phone helps another household: it can look but change nothing, and no points moved. Do it on the household’s own phone or at the village office.',
    },
  },
  'me.weak_pin': {
    zh: {
      title: '这个密码太好猜',
      detail:
        '连号、重复的或对称的数字别人一猜就中，没有改，还是用原来的。积分没有变动。请换 6 个没有规律的数字。',
    },
    en: {
      title: 'Too easy to guess',
      detail:
        'Runs, repeats and mirrored digits are guessed first, so the PIN was not changed and no points moved. Choose six digits without a pattern.',
    },
  },
  'me.same_pin': {
    zh: { title: '和原来的一样', detail: '新密码和现在的一样，没有改。积分没有变动。请另想 6 个数字。' },
    en: {
      title: 'The same as before',
      detail:
        'The new PIN is the one you have; nothing was changed and no points moved. Choose six other digits.',
    },
  },
  'phone.not_found': {
    zh: { title: '没有这台手机', detail: '没有找到这台手机，什么都没有改动，积分没有变动。请刷新后再看。' },
    en: {
      title: 'No such phone',
      detail: 'This phone was not found; nothing was changed and no points moved. Reload and look again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  me: {
    zh: '用卡片或户号加密码打开：余额、每一笔的来由、商店里换得起什么。',
    en: 'Opened by card or number and password: the balance, why each line, and what it reaches for.',
  },
} as const satisfies Tags;

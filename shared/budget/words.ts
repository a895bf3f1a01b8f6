import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'budget.used_up': {
    zh: {
      title: '本月额度不够',
      detail:
        '本月[“{head}”]的积分额度不够[：还剩 {balance:points} 分][，这一次要 {needed:points} 分]。没有入账，积分没有变动。请少批几笔，或等下个月再办；要调高额度，请管理员提出，另一个人同意。',
    },
    en: {
      title: 'Not enough left of the month’s budget',
      detail:
        'This month’s points budget[ for “{head}”] is not enough[: {balance:points} points are left][, this needs {needed:points}]. Nothing was posted, no points moved. Approve less of it, or wait for next month; an administrator can ask for more, and another person agrees.',
    },
  },
  'budget.heads_over': {
    zh: {
      title: '各类加起来超过总额度',
      detail:
        '各类的额度加起来[是 {parts:points} 分，]超过了每月总额度[ {total:points} 分]。设置没有保存，积分没有变动。请调低某一类，或调高总额度。',
    },
    en: {
      title: 'The parts are more than the whole',
      detail:
        'The budgets of the categories[, {parts:points} points together,] are more than the month’s budget[ of {total:points}]. The settings were not saved, no points moved. Lower one of them, or raise the whole.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  budget: {
    zh: '每月积分额度：本月已发多少、还有多少在路上、还剩多少。',
    en: 'The monthly points budget: what was given this month, what is on its way, and what is left.',
  },
} as const satisfies Tags;

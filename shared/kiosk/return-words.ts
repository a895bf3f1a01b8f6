import type { ErrorWordsOf } from '../sentence.ts';
import type { errors } from './errors.ts';

type OfReturns =
  | `redemption.${'partly_returned' | 'card_needed' | 'returned'}`
  | `redemption.${'return_late' | 'return_over' | 'nothing_returned'}`;

/** Refusals of goods that come back. */
export const returnErrorWords = {
  'redemption.partly_returned': {
    zh: {
      title: '已经退过货',
      detail: '这笔兑换已经退过货，不能再整笔撤销，积分没有变动。还要退，请用“退货”退剩下的。',
    },
    en: {
      title: 'Partly returned',
      detail:
        'Something of this redemption was returned already, so it cannot be undone as a whole; no points moved. Return what is left instead.',
    },
  },
  'redemption.card_needed': {
    zh: {
      title: '退货要刷卡',
      detail: '没有退，积分没有变动：退货要刷这户的卡。卡没带来或丢了，请到村委由两个人办。',
    },
    en: {
      title: 'The card is needed',
      detail:
        'Nothing was returned, no points moved: the household’s card has to be scanned. Without it, two people at the office can do it.',
    },
  },
  'redemption.return_late': {
    zh: {
      title: '不是今天的兑换',
      detail: '没有退，积分没有变动：兑换台只退当天的。以前的请到村委，由两个人办。',
    },
    en: {
      title: 'Not of today',
      detail:
        'Nothing was returned, no points moved: the counter takes back on the same day only. Two people at the office can take back what is older.',
    },
  },
  'redemption.return_over': {
    zh: {
      title: '过了退货的日子',
      detail: '没有退，积分没有变动[：兑换后 {days} 天以内才能退货]。',
    },
    en: {
      title: 'Too late to return',
      detail:
        'Nothing was returned, no points moved[: goods come back within {days} days of the redemption].',
    },
  },
  'redemption.returned': {
    zh: {
      title: '退得比拿的多',
      detail: '没有退，积分没有变动[：{name}还能退 {left} 件，要退 {wanted} 件]。请核对小票和退过的数。',
    },
    en: {
      title: 'More than was taken',
      detail:
        'Nothing was returned, no points moved[: of {name} {left} can still come back, and {wanted} were named]. Check the slip and what came back before.',
    },
  },
  'redemption.nothing_returned': {
    zh: {
      title: '没有可退的账',
      detail: '没有退：这样东西当时不要积分，也没有记库存，没有账可退，积分没有变动。',
    },
    en: {
      title: 'Nothing to book',
      detail:
        'Nothing was returned: it cost no points and was not counted on the shelf, so there is nothing to book.',
    },
  },
} as const satisfies ErrorWordsOf<Pick<typeof errors, OfReturns>>;

import type { ErrorWordsOf } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'ledger.malformed': {
    zh: { title: '凭证不合规矩', detail: '这笔账的内容不合规矩，没有入账，积分没有变动。请核对后再试。' },
    en: {
      title: 'Not a proper entry',
      detail:
        'This entry breaks the book’s rules and was not posted; no points moved. Check it and try again.',
    },
  },
  'ledger.unbalanced': {
    zh: { title: '借贷不平', detail: '这笔账借贷不平，没有入账，积分没有变动。请核对后再试。' },
    en: {
      title: 'Does not balance',
      detail: 'This entry does not balance and was not posted; no points moved. Check it and try again.',
    },
  },
  'ledger.no_book': {
    zh: { title: '没有账本', detail: '这个村还没有账本，没有入账，积分没有变动。请找管理员。' },
    en: {
      title: 'No book',
      detail: 'This village has no book yet; nothing was posted, no points moved. Ask an administrator.',
    },
  },
  'ledger.entry_not_found': {
    zh: { title: '没有这张凭证', detail: '账本里没有[第 {number} 号]这张凭证，积分没有变动。请核对编号。' },
    en: {
      title: 'No such entry',
      detail: 'There is no such entry[ ({number})] in the book; no points moved. Check its number.',
    },
  },
  'ledger.already_reversed': {
    zh: {
      title: '已经冲正过',
      detail: '这张凭证[已由第 {by} 号凭证冲正，]不能再冲一次，积分没有再动。请查看流水。',
    },
    en: {
      title: 'Already reversed',
      detail: 'This entry was reversed before[, by entry {by}]; no points moved again. Look at the journal.',
    },
  },
  'ledger.partly_returned': {
    zh: {
      title: '已经退过货',
      detail:
        '这笔兑换已经退过货[（第 {by} 号凭证）]，整笔冲正会退两次，没有办理，积分没有变动。要退就退剩下的；退货记错了，先冲正那笔退货。',
    },
    en: {
      title: 'Partly returned',
      detail:
        'Something of this redemption was returned already[, by entry {by}], and a reversal would give it back twice: nothing was done, no points moved. Return what is left, or reverse the return first.',
    },
  },
  'ledger.not_reversible': {
    zh: { title: '不能冲正', detail: '这种凭证不能冲正，积分没有变动。请另做一笔更正。' },
    en: {
      title: 'Cannot be reversed',
      detail: 'This kind of entry cannot be reversed; no points moved. Make a correcting entry instead.',
    },
  },
  'ledger.hold_not_found': {
    zh: { title: '没有这笔预留', detail: '没有找到这笔预留的积分，积分没有变动。请刷新后再看。' },
    en: {
      title: 'Nothing on hold',
      detail: 'These points on hold were not found; no points moved. Reload and look again.',
    },
  },
  'ledger.hold_resolved': {
    zh: { title: '预留已处理', detail: '这笔预留的积分已经处理过，积分没有再动。请刷新后再看。' },
    en: {
      title: 'Hold already settled',
      detail: 'These points on hold were settled before; no points moved again. Reload and look again.',
    },
  },
  'ledger.hold_exceeded': {
    zh: { title: '超出预留数', detail: '要用的比预留的积分多，没有入账，积分没有变动。请减少后再试。' },
    en: {
      title: 'More than was held',
      detail: 'More was asked for than is on hold; nothing was posted, no points moved. Ask for less.',
    },
  },
  'ledger.points_short': {
    zh: { title: '积分不够', detail: '没有扣分：[还差 {missing:points} 分。]请拿掉一件，或换一样。' },
    en: {
      title: 'Not enough points',
      detail:
        'No points were taken: [{missing:points} points are missing. ]Take an item out, or choose another.',
    },
  },
  'ledger.stock_short': {
    zh: {
      title: '库存不够',
      detail:
        '没有扣分：[“{name}”]库存不够[，货架上只有 {balance} 件，还差 {missing} 件]。请减少数量，或换一样。',
    },
    en: {
      title: 'Not enough on the shelf',
      detail:
        'No points were taken: there is not enough[ of “{name}”] on the shelf[ ({balance} there, {missing} missing)]. Take fewer, or choose another.',
    },
  },
  'ledger.floor': {
    zh: {
      title: '余额不够',
      detail: '没有入账，积分没有变动：有一个账户会低于允许的最低数。请减少数量后再试。',
    },
    en: {
      title: 'Balance too low',
      detail:
        'Nothing was posted, no points moved: an account would fall below its lowest allowed balance. Use a smaller amount.',
    },
  },
  'ledger.overflow': {
    zh: { title: '数目太大', detail: '没有入账，积分没有变动：数目超出了系统能记的范围。请核对数目。' },
    en: {
      title: 'The figure is too large',
      detail:
        'Nothing was posted, no points moved: the figure is beyond what can be booked. Check the figure.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

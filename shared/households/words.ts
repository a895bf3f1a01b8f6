import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'household.not_found': {
    zh: { title: '没有这户', detail: '没有找到这户人家，积分没有变动。请核对户号或换一种方式查找。' },
    en: {
      title: 'No such household',
      detail: 'This household was not found; no points moved. Check its number or look for it another way.',
    },
  },
  'household.number_taken': {
    zh: { title: '户号已有人用', detail: '户号[ {number} ]已经是别的农户的，没有保存。请换一个户号。' },
    en: {
      title: 'Number taken',
      detail:
        'This household number[ ({number})] belongs to another household; nothing was saved. Choose another number.',
    },
  },
  'household.no_pin': {
    zh: {
      title: '这户还没有密码',
      detail: '这户还没有设密码，没有办理，积分没有变动。请户主到村委领一个密码，或先少兑几件。',
    },
    en: {
      title: 'This household has no PIN yet',
      detail:
        'This household has no PIN yet; nothing was handed out, no points were moved. Its head can get a PIN at the office; or take fewer things today.',
    },
  },
  'household.closed': {
    zh: { title: '此户已停用', detail: '这户的账户已停用，没有办理，积分没有变动。需要的话请找村委恢复。' },
    en: {
      title: 'Household closed',
      detail:
        'This household’s account is closed; nothing was done, no points moved. Ask the committee to reopen it if needed.',
    },
  },
  'household.open': {
    zh: {
      title: '此户没有停用',
      detail: '[{number} 号]这户本来就在用，没有改动，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'The household is open',
      detail:
        'This household[ ({number})] is open already; nothing was changed, no points moved. Reload and look again.',
    },
  },
  'household.not_closed': {
    zh: {
      title: '请先停用此户',
      detail: '[{number} 号]这户还在用，没有改动，积分没有变动。请先办迁出或并户，停用后再删除个人资料。',
    },
    en: {
      title: 'Close the household first',
      detail:
        'This household[ ({number})] is still open; nothing was changed, no points moved. Close it by a move or a merge first, then have its personal data erased.',
    },
  },
  'household.erased': {
    zh: {
      title: '资料已删除',
      detail: '[{number} 号]这户的个人资料已经删除，不能再改、再开，积分没有变动。这家人回来请新建一户。',
    },
    en: {
      title: 'Its data was erased',
      detail:
        'The personal data of this household[ ({number})] was erased: it cannot be changed or opened again, and no points moved. Add a new household if its people come back.',
    },
  },
  'household.waiting': {
    zh: {
      title: '还有没办完的',
      detail:
        '[{number} 号]这户还有[ {count} 件]事没办完（等审核、在公示或有异议），没有办理，积分没有变动。请先办完、退回或撤回。',
    },
    en: {
      title: 'Proposals are open',
      detail:
        'Proposals about this household[ ({number})] are still open[: {count}], waiting, on notice or objected to; nothing was done, no points moved. Have them settled, returned or withdrawn first.',
    },
  },
  'household.held': {
    zh: {
      title: '还有预留的积分',
      detail:
        '[{number} 号]这户还有[ {held:points} 分]积分留着换东西，没有办理，积分没有变动。请先处理预留的商品。',
    },
    en: {
      title: 'Points are on hold',
      detail:
        'This household[ ({number})] has points on hold[: {held:points}]; nothing was done, no points moved. Settle what it has reserved first.',
    },
  },
  'household.same': {
    zh: { title: '不能转给自己', detail: '并户或迁出要选另一户，没有提交，积分没有变动。请重新选择。' },
    en: {
      title: 'Choose another household',
      detail:
        'A household cannot be merged into itself; nothing was sent, no points moved. Choose another one.',
    },
  },
  'household.split_points': {
    zh: {
      title: '分走的积分太多',
      detail: '[这户只有 {balance:points} 分，]分走的不能比余额多，没有提交，积分没有变动。请改小再试。',
    },
    en: {
      title: 'More than there is',
      detail:
        'The new household cannot take more than the balance[, which is {balance:points} points]; nothing was sent, no points moved. Enter less.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  households: {
    zh: '积分账户属于农户：户号、户主、卡片、密码和存折。',
    en: 'The account holder: number, head, card, PIN and passbook.',
  },
} as const satisfies Tags;

import type { ErrorSentences } from './sentence.ts';

/** 发生了什么、积分动没动、该怎么办：农户、农户卡、待审核的事项。 */
export const zhHouseholds = {
  'household.not_found': {
    title: '没有这户',
    detail: '没有找到这户人家，积分没有变动。请核对户号或换一种方式查找。',
  },
  'household.number_taken': {
    title: '户号已有人用',
    detail: '户号[ {number} ]已经是别的农户的，没有保存。请换一个户号。',
  },
  'household.closed': {
    title: '此户已停用',
    detail: '这户的账户已停用，没有办理，积分没有变动。需要的话请找村委恢复。',
  },
  'household.no_pin': {
    title: '这户还没有 PIN',
    detail: '这户还没有设 PIN，没有办理，积分没有变动。请户主到村委领一个 PIN，或先少兑几件。',
  },
  'household.open': {
    title: '此户没有停用',
    detail: '[{number} 号]这户本来就在用，没有改动，积分没有变动。请刷新后再看。',
  },
  'household.not_closed': {
    title: '请先停用此户',
    detail: '[{number} 号]这户还在用，没有改动，积分没有变动。请先办迁出或并户，停用后再删除个人资料。',
  },
  'household.erased': {
    title: '资料已删除',
    detail: '[{number} 号]这户的个人资料已经删除，不能再改、再开，积分没有变动。这家人回来请新建一户。',
  },
  'household.waiting': {
    title: '还有待审核的',
    detail:
      '[{number} 号]这户还有[ {count} 条]提议在等审核，没有办理，积分没有变动。请先审核、退回或撤回这些提议。',
  },
  'household.held': {
    title: '还有冻结的积分',
    detail:
      '[{number} 号]这户还有[ {held:points} 分]积分冻结着，没有办理，积分没有变动。请先处理预留的商品。',
  },
  'household.same': {
    title: '不能转给自己',
    detail: '并户或迁出要选另一户，没有提交，积分没有变动。请重新选择。',
  },
  'household.split_points': {
    title: '分走的积分太多',
    detail: '[这户只有 {balance:points} 分，]分走的不能比余额多，没有提交，积分没有变动。请改小再试。',
  },
  'card.unknown': {
    title: '没有这张卡',
    detail: '系统里没有这张卡，积分没有变动。请再扫一次，或改用户号查找。',
  },
  'card.revoked': {
    title: '此卡已作废',
    detail: '这张卡已经作废，没有办理，积分没有变动。请用新卡，或改用户号查找。',
  },
  'proposal.not_found': { title: '没有这条申报', detail: '没有找到这条申报，积分没有变动。请刷新后再看。' },
  'proposal.state': {
    title: '已有人处理',
    detail: '这条申报的状态已经变了，这一次没有处理，积分没有再动。请刷新后再看。',
  },
  'proposal.changed': {
    title: '内容刚刚改过',
    detail: '您看过以后，[有 {count} 条]内容改过了；没有作任何处理，积分没有变动。请看清现在的内容，再决定。',
  },
  'proposal.none_chosen': {
    title: '一条也没有选',
    detail: '这一批里没有剩下要处理的，没有作任何处理，积分没有变动。请至少选一条。',
  },
  'proposal.too_many_chosen': {
    title: '一次选得太多',
    detail:
      '一次最多处理[ {limit} ]条[，您选了 {count} 条]；没有作任何处理，积分没有变动。请分几次：先勾选几批，处理完再接着办。',
  },
  'proposal.opening_stands': {
    title: '已有期初积分',
    detail:
      '一户只有一笔期初积分，这一户已经有了[（第 {number} 号凭证）]；没有入账，积分没有变动。请退回这一条，或先冲正原来那一笔。',
  },
  'proposal.not_a_deed': {
    title: '这一项不能这样改',
    detail: '冲正和户籍变动不能在这里改内容，什么都没有改动。请撤回后重新提交，或原样再报。',
  },
  'proposal.future_day': {
    title: '日期还没到',
    detail: '日期不能在今天以后，也不能早于一年前，没有提交，积分没有变动。请改日期。',
  },
  'proposal.reason_missing': {
    title: '请写原因',
    detail: '退回要写明原因，没有处理，积分没有变动。请写上原因再退回。',
  },
  'proposal.reversal_waiting': {
    title: '冲正已在等审核',
    detail:
      '这张凭证[（第 {number} 号）]已有人提出冲正，正等审核，没有重复提交，积分没有变动。请去审核那一条。',
  },
  'proposal.own_entry': {
    title: '不能审自己提的',
    detail: '自己提的要由别人来审，没有入账，积分没有变动。请交给另一位审核人。',
  },
  'proposal.own_household': {
    title: '要回避',
    detail: '涉及您自己家或申报过的亲属，应当回避，没有入账，积分没有变动。请交给另一位审核人。',
  },
  'proposal.not_yours': {
    title: '不是您提的',
    detail: '只有提出的人才能这样做，积分没有变动。请找提出的人。',
  },
} satisfies Partial<ErrorSentences>;

import type { EntryKind } from '../ledger/entry-kinds.ts';

/** Words of the books as they leave the program: column names and what stands in them, in Chinese. */
export const ENTRY_KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  opening: '期初',
  award: '加分',
  deduction: '扣分',
  hold: '冻结',
  release: '解冻',
  redemption: '兑换',
  stock_in: '进货',
  stocktake: '盘点',
  reversal: '冲正',
  transfer: '户间转分',
  closing: '销户注销',
};

export const ACCOUNT_KIND_WORDS: Readonly<Record<string, string>> = {
  household: '农户积分',
  held: '冻结积分',
  issued: '发放积分',
  deducted: '扣减积分',
  redeemed: '兑换收回',
  opening: '期初结转',
  lapsed: '销户注销',
  shelf: '货架',
  supplier: '供货',
  given: '已发出',
  adjusted: '盘点调整',
  stock: '库存成本',
  funding: '资金来源',
  cost: '已兑成本',
};

export const UNIT_WORDS = { point: '积分', money: '元', piece: '件' } as const;

export const ERASED_WORD = '（文字已删除）';

export const POSTING_COLUMNS = {
  number: '凭证号',
  line: '分录号',
  effectiveOn: '业务日期',
  bookedAt: '入账时间',
  kind: '类型',
  account: '账户',
  owner: '归属',
  unit: '单位',
  amount: '变动',
  balanceAfter: '结余',
  title: '事由',
  note: '备注',
  bookedBy: '入账人',
  reverses: '冲正凭证号',
  resolves: '冻结凭证号',
  source: '来源',
  accountId: '账户编号',
  hash: '本张指纹',
} as const;

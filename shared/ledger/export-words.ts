/** Words of exported books: column names and cell values, in Chinese. */
/** The book in the name of an exported file. */
export const BOOK_WORD = '账本';

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

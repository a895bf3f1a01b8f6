/** The passbook in a household's own file. */
export const PASSBOOK_PARTS = {
  passbook: '存折',
  held: '预留',
} as const;

export const PASSBOOK_TITLES = {
  number: '凭证号',
  effectiveOn: '日期',
  bookedAt: '记账时间',
  kind: '种类',
  amount: '积分',
  balanceAfter: '之后余额',
  title: '标题',
  note: '说明',
  actor: '经办',
  reversesNumber: '冲正的是',
  reversedBy: '后来被冲正',
} as const;

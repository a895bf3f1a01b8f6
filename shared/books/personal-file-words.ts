/** The passbook in a household's own file. */
export const PASSBOOK_PARTS = {
  passbook: '存折',
  held: '预留',
  facts: '记账时留下的情况',
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

/** Facts about the household that were noted when an entry was booked. */
export const FACT_TITLES = {
  number: '凭证号',
  effectiveOn: '日期',
  name: '名称',
  value: '内容',
} as const;

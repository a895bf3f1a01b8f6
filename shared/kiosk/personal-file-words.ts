/** Redemptions in a household's own file. */
export const REDEMPTIONS_PART = '兑换';

/** Volunteers who declared the household, in its own file. */
export const VOLUNTEER_KIN_PART = '申报为本户家人或亲属的志愿者';

export const REDEMPTION_TITLES = {
  number: '凭证号',
  effectiveOn: '日期',
  booked: '时间',
  points: '积分',
  goods: '商品',
  volunteer: '经手',
  undoneBy: '后来被撤销',
  returns: '退货',
} as const;

export const RETURN_TITLES = {
  number: '凭证号',
  effectiveOn: '日期',
  booked: '时间',
  points: '退回积分',
  goods: '退回商品',
  by: '经手',
  undoneBy: '后来被冲正',
} as const;

export const RETURNED_TITLES = { name: '名称', quantity: '数量' } as const;

export const HANDED_OUT_TITLES = {
  name: '名称',
  unit: '单位',
  quantity: '数量',
  price: '每件积分',
} as const;

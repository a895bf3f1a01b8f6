/** The household in a household's own file. */
export const HOUSEHOLD_PART = '农户';

export const HOUSEHOLD_TITLES = {
  number: '户号',
  originalNumber: '原户号',
  group: '村民小组',
  head: '户主',
  headPinyin: '户主拼音',
  size: '人口',
  phone: '电话',
  note: '备注',
  state: '状态',
  showsName: '同意公开姓名',
  hasPin: '设有密码',
  pinSet: '村里给密码的时间',
  goal: '攒分目标',
  balance: '积分余额',
  held: '预留积分',
  created: '建户时间',
  closed: '停用时间',
  successor: '积分去向',
  erased: '资料删除时间',
} as const;

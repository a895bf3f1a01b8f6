import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The fields of a household as somebody writes them down. */
export const householdActFields = {
  number: { zh: '户号', en: 'Number' },
  originalNumber: { zh: '原编号', en: 'Original number' },
  group: { zh: '村民小组', en: 'Group' },
  head: { zh: '户主', en: 'Head' },
  size: { zh: '人口', en: 'People' },
  phone: { zh: '电话', en: 'Phone' },
  note: { zh: '备注', en: 'Note' },
  showsName: { zh: '同意公开姓名', en: 'Agreed to be named', unit: 'yesNo' },
} as const;

export const acts = {
  'households.created': {
    zh: '建了这一户',
    en: 'added this household',
    fields: { ...householdActFields, from: { zh: '分自', en: 'Split from', unit: 'household' } },
  },
  'households.changed': {
    zh: '改了农户资料',
    en: 'changed the household’s data',
    fields: householdActFields,
  },
  'households.closed': {
    zh: '停用了这一户',
    en: 'closed the household’s account',
    fields: { successor: { zh: '积分转到', en: 'Points went to', unit: 'household' } },
  },
  'households.reopened': { zh: '重新启用了这一户', en: 'reopened the household', fields: {} },
  'households.pin_set': { zh: '设了新密码', en: 'set a new PIN', fields: {} },
  'households.pin_changed': {
    zh: '改了密码，本户自己在手机上',
    en: 'changed its PIN, on its own phone',
    fields: {},
  },
  'households.phone_ended': {
    zh: '退出了一部手机的登录',
    en: 'ended the log-in of a phone',
    fields: { phone: { zh: '手机', en: 'Phone' } },
  },
  'households.pin_slips_read': {
    zh: '取出了密码条去打印',
    en: 'took out the PIN slip to be printed',
    fields: {},
  },
  'households.exported': {
    zh: '导出了农户名单',
    en: 'exported the list of households',
    fields: {
      format: { zh: '格式', en: 'Format' },
      q: { zh: '查找的字', en: 'Words' },
      group: { zh: '村民小组', en: 'Group' },
      state: { zh: '状态', en: 'State' },
      card: { zh: '卡片', en: 'Card' },
      min: { zh: '余额不低于', en: 'Balance from', unit: 'points' },
      max: { zh: '余额不高于', en: 'Balance up to', unit: 'points' },
      sort: { zh: '排序', en: 'Order' },
    },
  },
} as const satisfies ActsOfDomain;

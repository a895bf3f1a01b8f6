import type { ActsOfDomain } from '../acts/act-spec.ts';

const name = { zh: '村名', en: 'Village' } as const;
const town = { zh: '乡镇', en: 'Town' } as const;

/** The name and the settings of a village, as somebody sets them. */
export const villageActFields = {
  name,
  town,
  pointValueFen: { zh: '一分值多少', en: 'Value of a point', unit: 'yuan' },
  deductionsMayGoBelowZero: {
    zh: '扣分可以扣到零以下',
    en: 'Deductions may go below zero',
    unit: 'yesNo',
  },
  belowZeroMostHundredths: {
    zh: '扣分最多欠多少',
    en: 'Deductions go below zero by at most',
    unit: 'points',
  },
  timeZone: { zh: '时区', en: 'Time zone' },
  pinAboveHundredths: { zh: '超过这个数要输密码', en: 'PIN asked above', unit: 'points' },
  deliveryNeedsSecondAboveFen: {
    zh: '一天进货超过这个数要第二个人同意',
    en: 'Goods of a day above this need a second person',
    unit: 'yuan',
  },
  withoutNetworkHundredths: {
    zh: '没网时一户一天最多',
    en: 'Without network, a household and day',
    unit: 'points',
  },
  withoutNetworkKioskHundredths: {
    zh: '没网时一台兑换台一共最多',
    en: 'Without network, a kiosk altogether',
    unit: 'points',
  },
  copyDaysMost: { zh: '没网时副本最多用几天', en: 'Days that a kiosk’s copy may be used' },
  vouchedHundredthsAMonth: { zh: '两人认出一月最多', en: 'Vouched for, a month', unit: 'points' },
  noticeDays: { zh: '加分先公示几天', en: 'Days that awards are on notice' },
  phonesReport: { zh: '农户可以用手机申报', en: 'Households report by phone', unit: 'yesNo' },
  leadersCheckReports: { zh: '小组长也做初审', en: 'Group leaders check reports too', unit: 'yesNo' },
  objectionDays: { zh: '异议几天内答复', en: 'Days to answer an objection' },
  budgetHundredths: { zh: '每月最多发多少积分', en: 'Points budget of a month', unit: 'points' },
  budgetHeads: { zh: '其中各类最多', en: 'Of which categories have' },
  answerDays: { zh: '扣分告知后几天内答复', en: 'Days to answer a deduction' },
  shopHours: { zh: '超市开门时间', en: 'Shop hours' },
  shopPhone: { zh: '超市电话', en: 'Shop phone' },
  shopPlace: { zh: '超市地点', en: 'Place of the shop' },
} as const;

export const acts = {
  'village.founded': {
    zh: '建了这个村的账',
    en: 'founded the village',
    fields: { ...villageActFields, isDemo: { zh: '演示村', en: 'Demo', unit: 'yesNo' } },
  },
  'village.changed': { zh: '改了村里的设置', en: 'changed the village’s settings', fields: villageActFields },
  'village.step_noted': {
    zh: '记下开办的一步已办好',
    en: 'noted a step of setting up as done',
    fields: { step: { zh: '步骤', en: 'Step' } },
  },
  'village.opened': {
    zh: '确认账册，正式开账',
    en: 'confirmed the books and opened them',
    fields: {
      people: { zh: '工作人员', en: 'Staff' },
      households: { zh: '农户', en: 'Households' },
      points: { zh: '存折积分合计', en: 'Sum of balances', unit: 'points' },
      cards: { zh: '卡片', en: 'Cards' },
      pins: { zh: '已设密码', en: 'PINs' },
      kiosks: { zh: '兑换台', en: 'Kiosks' },
      volunteers: { zh: '志愿者', en: 'Volunteers' },
      rules: { zh: '细则', en: 'Rules' },
      goods: { zh: '商品', en: 'Goods' },
      head: { zh: '账本到', en: 'Head of the book' },
      document: { zh: '定住的文件', en: 'Frozen document' },
    },
  },
} as const satisfies ActsOfDomain;

import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
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
    },
  },
} as const satisfies ActsOfDomain;

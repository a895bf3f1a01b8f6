import type { ActsOfDomain } from '../acts/act-spec.ts';

const card = { zh: '卡号末四位', en: 'Last digits of the card' } as const;

export const acts = {
  'cards.issued': { zh: '发了新卡', en: 'issued a new card', fields: { card } },
  'cards.revoked': { zh: '作废了卡片', en: 'revoked the card', fields: { card } },
  'cards.printed': {
    zh: '打印了卡片',
    en: 'printed cards',
    fields: { count: { zh: '张数', en: 'Cards' } },
  },
  'cards.listed': {
    zh: '取出了卡片的卡号（供打印）',
    en: 'took out card codes for printing',
    fields: {
      group: { zh: '村民小组', en: 'Group' },
      printed: { zh: '打印过的', en: 'Printed before', unit: 'yesNo' },
      householdId: { zh: '农户', en: 'Household', unit: 'household' },
    },
  },
} as const satisfies ActsOfDomain;

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
    zh: '取出了卡号（打印用）',
    en: 'took out the card’s code for printing',
    fields: { card },
  },
} as const satisfies ActsOfDomain;

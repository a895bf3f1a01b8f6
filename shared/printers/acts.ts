import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The printer of the shop, as somebody sets it. */
export const printerFields = {
  host: { zh: '小票机地址', en: 'Address of the printer' },
  port: { zh: '端口', en: 'Port' },
  paper: { zh: '纸宽（毫米）', en: 'Paper, mm' },
  cuts: { zh: '自动切纸', en: 'Cuts the paper', unit: 'yesNo' },
} as const;

export const acts = {
  'printers.set': { zh: '设了超市的小票机', en: 'set the printer of the shop', fields: printerFields },
  'printers.cleared': {
    zh: '不再用超市的小票机',
    en: 'no longer uses the printer of the shop',
    fields: printerFields,
  },
} as const satisfies ActsOfDomain;

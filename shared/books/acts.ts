import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'books.exported': {
    zh: '导出了整本账',
    en: 'exported the whole book',
    fields: { format: { zh: '格式', en: 'Format' } },
  },
} as const satisfies ActsOfDomain;

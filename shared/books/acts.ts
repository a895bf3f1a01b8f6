import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'books.exported': {
    zh: '导出了整本账',
    en: 'exported the whole book',
    fields: { format: { zh: '格式', en: 'Format' } },
  },
  'books.went_on': {
    zh: '让程序接着一本缺了凭证的账往下记',
    en: 'let the program go on with a book that lacks entries',
    fields: {
      known: { zh: '原来知道的末笔', en: 'Last entry that was known' },
      where: { zh: '从哪里知道', en: 'Known from' },
    },
  },
} as const satisfies ActsOfDomain;

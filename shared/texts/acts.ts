import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The words themselves stand in no act: a digest of them is its thing, so that nobody is named by it for ever. */
export const acts = {
  'texts.cleared': {
    zh: '认定公开文字里的几个字不是姓名、住址或病贫称呼',
    en: 'said of words in a public text that they are no name, address or label',
    fields: { kind: { zh: '查出的像是', en: 'Taken for', unit: 'digest' } },
  },
} as const satisfies ActsOfDomain;

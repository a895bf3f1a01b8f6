import type { GuardedOfDomain } from '../changes/guarded-spec.ts';

/** By this a text goes public that a check kept back. */
export const guarded = {
  'texts.clear': {
    zh: '认定公开文字里的这几个字不是姓名、住址或病贫称呼',
    en: 'Say of words in a public text that they are no name, address or label',
    fields: {
      text: { zh: '原文', en: 'Text' },
      kind: { zh: '查出的像是', en: 'Taken for', unit: 'digest' },
      piece: { zh: '这几个字', en: 'These words' },
    },
  },
} as const satisfies GuardedOfDomain;

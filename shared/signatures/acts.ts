import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'signatures.signed': {
    zh: '签了字',
    en: 'signed',
    fields: {
      document: { zh: '文件', en: 'Document' },
      hash: { zh: '文件的哈希', en: 'Hash of the document' },
      role: { zh: '签字时的身份', en: 'Role then', unit: 'roles' },
      remark: { zh: '意见的哈希', en: 'Hash of the remark' },
    },
  },
} as const satisfies ActsOfDomain;

import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'households.file_taken': {
    zh: '取走了这一户的全部资料',
    en: 'took the file of everything kept about the household',
    fields: {},
  },
  'households.erased': {
    zh: '同意删除这一户的个人资料，已删除',
    en: 'approved the erasure of the household’s personal data; it was erased',
    fields: { proposedBy: { zh: '提出的人', en: 'Proposed by', unit: 'person' } },
  },
} as const satisfies ActsOfDomain;

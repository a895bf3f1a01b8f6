import type { ActsOfDomain } from '../acts/act-spec.ts';

const operation = { zh: '要办的事', en: 'To be done', unit: 'operation' } as const;

/** Each names the operation alone: words and names stand with the change, where they can be erased. */
export const acts = {
  'changes.proposed': {
    zh: '提交了一项要第二个人同意的改动',
    en: 'handed in a change that a second person decides',
    fields: { operation, seal: { zh: '内容的哈希', en: 'Hash of its content', unit: 'digest' } },
  },
  'changes.agreed': { zh: '同意了一项改动', en: 'agreed to a change', fields: { operation } },
  'changes.refused': { zh: '没有同意一项改动', en: 'refused a change', fields: { operation } },
  'changes.withdrawn': { zh: '撤回了一项改动', en: 'withdrew a change', fields: { operation } },
} as const satisfies ActsOfDomain;

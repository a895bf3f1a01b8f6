import type { ActsOfDomain } from '../acts/act-spec.ts';

const operation = { zh: '要办的事', en: 'To be done' } as const;

export const acts = {
  'changes.proposed': {
    zh: '提交了一项要第二个人同意的改动',
    en: 'handed in a change that a second person decides',
    fields: { operation, reason: { zh: '说明', en: 'Reason' } },
  },
  'changes.refused': {
    zh: '没有同意一项改动',
    en: 'refused a change',
    fields: { operation, note: { zh: '原因', en: 'Reason' } },
  },
  'changes.withdrawn': { zh: '撤回了一项改动', en: 'withdrew a change', fields: { operation } },
} as const satisfies ActsOfDomain;

import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The words stand in no act: a seal binds them, and lets them be erased. */
const seal = { zh: '内容的指纹', en: 'Fingerprint of the words', unit: 'digest' } as const;

export const acts = {
  'reports.made': {
    zh: '用手机申报了一件事',
    en: 'reported a deed by phone',
    fields: {
      number: { zh: '回执号', en: 'Number' },
      kind: { zh: '谁申报的', en: 'Kind', unit: 'digest' },
      seal,
    },
  },
  'reports.taken_up': {
    zh: '初审通过，提交评议',
    en: 'checked a report and proposed it',
    fields: { deed: { zh: '哪条申报', en: 'Deed', unit: 'digest' }, seal },
  },
  'reports.not_accepted': { zh: '初审：不予认定', en: 'did not accept a report', fields: { seal } },
  'reports.withdrawn': { zh: '撤回了申报', en: 'withdrew a report', fields: { seal } },
} as const satisfies ActsOfDomain;

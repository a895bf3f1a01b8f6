import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'handovers.started': {
    zh: '做了移交单',
    en: 'made a hand-over pack',
    fields: {
      from: { zh: '移交人', en: 'Hands over', unit: 'person' },
      to: { zh: '接收人', en: 'Takes over', unit: 'person' },
      changedOn: { zh: '换届的日子', en: 'Day of the change' },
      dueOn: { zh: '最迟签完', en: 'To be signed by' },
      head: { zh: '账本末笔', en: 'Head of the book' },
      document: { zh: '移交单的哈希', en: 'Hash of the pack' },
    },
  },
  'handovers.withdrawn': {
    zh: '作废了移交单',
    en: 'withdrew a hand-over pack',
    fields: { reason: { zh: '原因', en: 'Reason' } },
  },
} as const satisfies ActsOfDomain;

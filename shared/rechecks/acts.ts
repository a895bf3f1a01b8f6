import type { ActsOfDomain } from '../acts/act-spec.ts';

const entry = { zh: '凭证号', en: 'Entry' } as const;
/** Owned by the household of the award, so that it is erased with it. */
const finding = { zh: '查到的情况', en: 'Finding' } as const;

export const acts = {
  'rechecks.drawn': {
    zh: '抽了要复查的加分',
    en: 'drew awards to look at again',
    fields: {
      draw: { zh: '这个月第几次抽', en: 'Draw of the month' },
      called: { zh: '当场喊的数', en: 'Number called out' },
      calledBy: { zh: '谁喊的', en: 'Called by' },
      wanted: { zh: '要抽几笔', en: 'To be drawn' },
      first: { zh: '当月首笔凭证', en: 'First entry of the month' },
      head: { zh: '当月末笔凭证', en: 'Last entry of the month' },
      timeZone: { zh: '时区', en: 'Time zone' },
      pool: { zh: '从几笔里抽', en: 'Drawn from' },
      drawn: { zh: '抽中的凭证', en: 'Entries drawn' },
      digest: { zh: '名单的指纹', en: 'Fingerprint of the list', unit: 'digest' },
    },
  },
  'rechecks.stood': {
    zh: '复查了一笔加分：属实',
    en: 'looked at an award again: it stands',
    fields: { entry, finding },
  },
  'rechecks.failed': {
    zh: '复查了一笔加分：不属实，提了冲正',
    en: 'looked at an award again: it does not stand, and a reversal is proposed',
    fields: { entry, proposal: { zh: '冲正申报', en: 'Reversal', unit: 'digest' }, finding },
  },
  'rechecks.could_not_check': {
    zh: '复查了一笔加分：没查成',
    en: 'looked at an award again: it could not be checked',
    fields: { entry, finding },
  },
} as const satisfies ActsOfDomain;

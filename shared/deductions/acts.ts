import type { ActsOfDomain } from '../acts/act-spec.ts';

/** Neither the household nor the words stand in an act: a seal binds them, and lets them be erased. */
const way = { zh: '怎么告知的', en: 'Way', unit: 'digest' } as const;
const deed = { zh: '哪条扣分', en: 'Deduction', unit: 'digest' } as const;
const approvedAtMs = { zh: '哪次批准', en: 'Approval', unit: 'digest' } as const;

export const acts = {
  'deductions.reminded': {
    zh: '写了一张提醒',
    en: 'made a reminder',
    fields: {
      number: { zh: '提醒号', en: 'Number' },
      seenOn: { zh: '事情发生', en: 'Seen on' },
      dueOn: { zh: '改正期限', en: 'To be put right until' },
      seal: { zh: '内容的指纹', en: 'Fingerprint of the words', unit: 'digest' },
    },
  },
  'deductions.delivered': {
    zh: '提醒送达了',
    en: 'delivered a reminder',
    fields: { deliveredOn: { zh: '送达', en: 'Delivered on' }, way },
  },
  'deductions.put_right': { zh: '记下改好了，提醒了结', en: 'noted that it was put right', fields: {} },
  'deductions.withdrawn': { zh: '撤回了提醒', en: 'withdrew a reminder', fields: {} },
  'deductions.told': {
    zh: '把扣分告知了农户',
    en: 'told a household of a deduction',
    fields: { deed, approvedAtMs, way, answerUntil: { zh: '答复到', en: 'May answer until' } },
  },
  'deductions.nothing_taken': {
    zh: '应扣的分没有扣：余额是 0',
    en: 'deducted nothing: nothing was left',
    fields: { asked: { zh: '应扣', en: 'To be deducted', unit: 'points' } },
  },
  'deductions.agreed': { zh: '农户认可了扣分', en: 'agreed to a deduction', fields: { deed, approvedAtMs } },
} as const satisfies ActsOfDomain;

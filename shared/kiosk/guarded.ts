import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { newlyGiven } from './acts.ts';

/** The desk's agreement to a card or PIN that is new, and to goods that come back after their day. */
export const guarded = {
  'kiosks.allowNew': {
    zh: '让新卡、新密码马上能用',
    en: 'Let a new card or PIN be used at once',
    fields: newlyGiven,
  },
  'redemptions.return': {
    zh: '以前的兑换退货',
    en: 'Take goods of an earlier redemption back',
    fields: {
      slip: { zh: '兑换凭证号', en: 'Entry of the redemption' },
      goods: { zh: '退回', en: 'Comes back' },
      points: { zh: '退给农户积分', en: 'Points given back', unit: 'points' },
    },
  },
} as const satisfies GuardedOfDomain;

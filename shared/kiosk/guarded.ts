import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { newlyGiven } from './acts.ts';

/** The desk's agreement to a card or PIN that is new. */
export const guarded = {
  'kiosks.allowNew': {
    zh: '让新卡、新密码马上能用',
    en: 'Let a new card or PIN be used at once',
    fields: newlyGiven,
  },
} as const satisfies GuardedOfDomain;

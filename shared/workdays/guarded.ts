import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { hoursFields, lateFields } from './acts.ts';

/** Writes on attendance that two people make, always. */
export const guarded = {
  'workdays.signLate': { zh: '补录签到', en: 'Enter a sign-in late', fields: lateFields },
  'workdays.setHours': { zh: '加长义务劳动的时长', en: 'Raise the hours of a work day', fields: hoursFields },
} as const satisfies GuardedOfDomain;

import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { householdActFields } from './acts.ts';

/** Writes on a household that may need a second person. */
export const guarded = {
  'households.update': {
    zh: '改户号或户主',
    en: 'Change a household’s number or head',
    fields: householdActFields,
  },
} as const satisfies GuardedOfDomain;

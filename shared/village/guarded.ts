import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { villageActFields } from './acts.ts';

/** Settings that may need a second person. */
export const guarded = {
  'village.update': { zh: '改村里的设置', en: 'Change the village’s settings', fields: villageActFields },
} as const satisfies GuardedOfDomain;

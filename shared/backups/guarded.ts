import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { permitFields } from './acts.ts';

/** Writes on backups that need a second person. */
export const guarded = {
  'backups.allowRestore': {
    zh: '用备份换下现在的账',
    en: 'Put a backup in the place of the book',
    fields: permitFields,
    isPermit: true,
  },
} as const satisfies GuardedOfDomain;

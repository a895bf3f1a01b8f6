import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { printerFields } from './acts.ts';

/** The one address to which the server sends something by itself. */
export const guarded = {
  'printers.set': { zh: '设置超市的小票机', en: 'Set the printer of the shop', fields: printerFields },
} as const satisfies GuardedOfDomain;

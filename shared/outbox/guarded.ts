import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { settledFields, settledShiftFields } from './acts.ts';

/** One person looks at what was handed out without network, and another one, too. */
export const guarded = {
  'outbox.settle': {
    zh: '处理没网时发出的一笔',
    en: 'Settle what was handed out without network',
    fields: settledFields,
  },
  'outbox.settleShift': {
    zh: '一班没网时发出的，对着小票看过',
    en: 'A shift without network was looked at with its slips',
    fields: settledShiftFields,
  },
} as const satisfies GuardedOfDomain;

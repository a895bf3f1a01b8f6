import type { Place } from '../api-base.ts';

export const endpoints = {
  'ledger.entries': 'GET /ledger/entries',
  'ledger.actors': 'GET /ledger/actors',
  'ledger.entry': 'GET /ledger/entries/:number',
  'ledger.trialBalance': 'GET /ledger/trial-balance',
  'ledger.verify': 'POST /ledger/verifications',
  'ledger.lastVerification': 'GET /ledger/verifications/last',
  'ledger.export': 'GET /ledger/export/:format',
} as const satisfies Record<string, Place>;

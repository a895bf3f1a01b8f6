import { defineTables } from '../tables/index.ts';
import type { Kit } from '#engine';
import { kit } from './kit.ts';

// drizzle-kit reads tables from a module's exports.
export const {
  ledgerHeads,
  accounts,
  balances,
  journal,
  postings,
  journalTexts,
  villages,
  installation,
  households,
  cards,
  staff,
  sessions,
  authFailures,
  commands,
  rules,
  ruleVersions,
  proposals,
  proposalEvents,
  goods,
  kiosks,
  volunteers,
  shifts,
  redemptions,
  redemptionLines,
  imports,
  pictures,
  chores,
  verifications,
} = defineTables(kit as unknown as Kit);

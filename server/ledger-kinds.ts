import { fold } from '../shared/fold.ts';
import { accountKinds as ofHouseholds } from './households/account-kinds.ts';
import { ledgerKinds } from './ledger/index.ts';
import { accountKinds as ofProposals } from './proposals/account-kinds.ts';
import { entryKinds as entriesOfProposals } from './proposals/entry-kinds.ts';
import { accountKinds as ofGoods } from './goods/account-kinds.ts';
import { entryKinds as entriesOfGoods } from './goods/entry-kinds.ts';
import { accountKinds as ofRedemptions } from './kiosk/account-kinds.ts';
import { entryKinds as entriesOfRedemptions } from './kiosk/entry-kinds.ts';

/**
 * Every kind of account and entry in a village's book. A room that has kinds of its own is one more name in a list.
 * The files named here are plain data that import nothing but the ledger, so any room may import this one.
 */
export const LEDGER_KINDS = ledgerKinds(
  fold([ofHouseholds, ofProposals, ofGoods, ofRedemptions]),
  fold([entriesOfProposals, entriesOfGoods, entriesOfRedemptions]),
);

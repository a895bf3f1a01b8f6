import { foldPart } from '../shared/fold.ts';
import type { EntryKind } from '../shared/ledger/entry-kinds.ts';
import * as budget from './budget/ledger-kinds.ts';
import * as goods from './goods/ledger-kinds.ts';
import * as households from './households/ledger-kinds.ts';
import * as kiosk from './kiosk/ledger-kinds.ts';
import { ledgerKinds } from './ledger/index.ts';
import * as proposals from './proposals/ledger-kinds.ts';

/** The rooms that have kinds of account or entry of their own. One more such room is one import and one name. */
const ROOMS = [households, proposals, goods, kiosk, budget] as const;

/**
 * Every kind of account and entry in a village's book. The files named here are plain data that import nothing but the
 * ledger, so any room may import this one.
 */
export const LEDGER_KINDS = ledgerKinds(foldPart(ROOMS, 'accountKinds'), foldPart(ROOMS, 'entryKinds'));

// Every entry that shared names can be booked: a room that is missing above does not compile.
LEDGER_KINDS.entries satisfies Readonly<Record<EntryKind, unknown>>;

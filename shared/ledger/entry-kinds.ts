import { z } from 'zod';
import { fold } from '../fold.ts';
import { entryKinds as ofGoods } from '../goods/entry-kinds.ts';
import { entryKinds as ofKiosk } from '../kiosk/entry-kinds.ts';
import { entryKinds as ofProposals } from '../proposals/entry-kinds.ts';
import { entryKinds as ofLedger } from './core-entry-kinds.ts';

/** Every kind of entry with its name. A domain with entries of its own is one more import and one more name. */
export const ENTRY_KIND_LABELS = /* @__PURE__ */ fold([ofLedger, ofProposals, ofGoods, ofKiosk]);

export type EntryKind = keyof typeof ENTRY_KIND_LABELS;

export const entryKind = /* @__PURE__ */ z.enum(
  Object.keys(ENTRY_KIND_LABELS) as [EntryKind, ...EntryKind[]],
);

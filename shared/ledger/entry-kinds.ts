import { z } from 'zod';
import { DOMAINS } from '../domains.ts';
import { foldPart } from '../fold.ts';

/** Every kind of entry with its name. */
export const ENTRY_KIND_LABELS = /* @__PURE__ */ foldPart(DOMAINS, 'entryKinds');

export type EntryKind = keyof typeof ENTRY_KIND_LABELS;

export const entryKind = /* @__PURE__ */ z.enum(
  Object.keys(ENTRY_KIND_LABELS) as [EntryKind, ...EntryKind[]],
);

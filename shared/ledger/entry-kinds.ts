import { z } from 'zod';

export const ENTRY_KINDS = [
  'opening',
  'award',
  'deduction',
  'hold',
  'release',
  'redemption',
  'stock_in',
  'stocktake',
  'reversal',
  'transfer',
  'closing',
] as const;
export const entryKind = z.enum(ENTRY_KINDS);
export type EntryKind = z.infer<typeof entryKind>;

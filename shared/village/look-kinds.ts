/** Warnings that the approver of a deed had, told by its proposer. */
export const WARNED_KINDS = [
  'over_cap',
  'near_cap',
  'same_deed',
  'no_evidence',
  'kin',
  'entered_late',
  'one_proposer',
] as const;

/** The kinds of events that somebody who watches the books is asked to look at. */
export const LOOK_KINDS = [
  // Entries.
  ...([
    'together',
    'fast',
    'large',
    'reversal',
    'undone',
    'no_card',
    'vouched',
    'late',
    'loss',
    'often',
  ] as const),
  ...WARNED_KINDS,
  // Acts.
  ...(['looked', 'restored', 'account', 'identity', 'price', 'setting'] as const),
  ...(['new_item', 'item_name', 'new_rule'] as const),
  ...(['handover', 'handover_late', 'device'] as const),
] as const;
export type LookKind = (typeof LOOK_KINDS)[number];

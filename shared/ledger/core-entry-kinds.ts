/**
 * The kinds of entry that the ledger itself knows: a hold, its release, the reversal of an entry, and an act, which moves
 * nothing.
 */
export const entryKinds = {
  hold: { zh: '预留', en: 'Hold' },
  release: { zh: '取消预留', en: 'Release' },
  reversal: { zh: '冲正', en: 'Reversal' },
  act: { zh: '办事', en: 'Act' },
} as const;

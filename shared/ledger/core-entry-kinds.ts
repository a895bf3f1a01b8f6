/** The kinds of entry that the ledger itself writes: a hold, its release, and the reversal of an entry. */
export const entryKinds = {
  hold: { zh: '预留', en: 'Hold' },
  release: { zh: '取消预留', en: 'Release' },
  reversal: { zh: '冲正', en: 'Reversal' },
} as const;

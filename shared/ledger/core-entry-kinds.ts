/** The kinds of entry that the ledger itself writes: what is set aside, what ends that, what takes an entry back. */
export const entryKinds = {
  hold: { zh: '冻结', en: 'Hold' },
  release: { zh: '解冻', en: 'Release' },
  reversal: { zh: '冲正', en: 'Reversal' },
} as const;

/**
 * The kinds of entry that the ledger itself knows: a hold, its release, the reversal of an entry, the return of a part of
 * one, and an act, which moves nothing.
 */
export const entryKinds = {
  hold: { zh: '预留', en: 'Hold' },
  release: { zh: '取消预留', en: 'Release' },
  reversal: { zh: '冲正', en: 'Reversal' },
  return: { zh: '退货', en: 'Return' },
  act: { zh: '办事', en: 'Act' },
} as const;

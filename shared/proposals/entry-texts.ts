/** Texts that an opening balance has in the journal. They are sealed, so the wording of a posted entry never changes. */
export const OPENING_TEXTS = {
  title: '期初积分',
  /** The committee settled it by hand where the papers differed. */
  settledByHand: '人工核定',
} as const;

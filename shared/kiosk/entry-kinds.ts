/** Kinds of entry that the counter books, by their names in exported books. */
export const entryKinds = {
  redemption: { zh: '兑换', en: 'Redemption' },
} as const;

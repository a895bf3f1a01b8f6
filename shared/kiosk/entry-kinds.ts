/** Kinds of entry that the counter books, as they are called where the books leave the program. */
export const entryKinds = {
  redemption: { zh: '兑换', en: 'Redemption' },
} as const;

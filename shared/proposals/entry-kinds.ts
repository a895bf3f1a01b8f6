/** Kinds of entry that follow from an approved proposal, by their names in exported books. */
export const entryKinds = {
  opening: { zh: '期初', en: 'Opening balance' },
  award: { zh: '加分', en: 'Award' },
  deduction: { zh: '扣分', en: 'Deduction' },
  transfer: { zh: '户间转分', en: 'Transfer between households' },
  closing: { zh: '销户注销', en: 'Account closed' },
} as const;

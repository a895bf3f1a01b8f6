/** Kinds of proposal, as a household reads them. `opening` comes after the village has begun to award. */
export const proposalKinds = {
  award: { zh: '加分', en: 'Award' },
  deduction: { zh: '扣分', en: 'Deduction' },
  reversal: { zh: '冲正', en: 'Reversal' },
  opening: { zh: '期初余额', en: 'Opening balance' },
  split: { zh: '分户', en: 'Split' },
  merge: { zh: '并户', en: 'Merge' },
  departure: { zh: '迁出', en: 'Departure' },
} as const;

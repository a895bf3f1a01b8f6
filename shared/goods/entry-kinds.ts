/** Kinds of entry that change the stock, as they are called where the books leave the program. */
export const entryKinds = {
  stock_in: { zh: '进货', en: 'Stock in' },
  stocktake: { zh: '盘点', en: 'Stocktake' },
} as const;

/** Kinds of entry that change the stock, by their names in exported books. */
export const entryKinds = {
  stock_in: { zh: '进货', en: 'Stock in' },
  stocktake: { zh: '盘点', en: 'Stocktake' },
} as const;

/** The shop's goods and their stock. The ledger keeps the stock itself. */
export { shareOfCostFen } from './cost.ts';
export { createGoods, goodsById, type GoodsFields, type GoodsRow, listGoods, updateGoods } from './goods.ts';
export { asOnDay } from './price.ts';
export { type StockIn, stockIn, type Stocktake, stocktake } from './stock.ts';

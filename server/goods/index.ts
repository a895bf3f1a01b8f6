/** The shop's goods and their stock. The ledger keeps the stock itself. */
export { shareOfCostFen } from './cost.ts';
export { deliveredSince } from './deliveries.ts';
export { type Thanks, thanksSince } from './donations.ts';
export {
  allGoods,
  changedGoods,
  createGoods,
  goodsById,
  type GoodsFields,
  type GoodsRow,
  goodsWritten,
  listGoods,
  listRanked,
  lookOf,
  newGoods,
  shopShelf,
  updateGoods,
} from './goods.ts';
export { needSecondForTakenIn, type Taken, takenInToday, worthOf } from './guard-taken-in.ts';
export { loosensItem } from './guard-item.ts';
export { type OpeningStock, openingStockEntry, openStock } from './opening-stock.ts';
export { asOnDay } from './price.ts';
export { createPopularity, type Popularity } from './popularity.ts';
export { returnedPieces, standingLines } from './standing-lines.ts';
export { toldOfGoods } from './goods-act-fields.ts';
export { type StockIn, stockIn, type Stocktake, stocktake } from './stock.ts';

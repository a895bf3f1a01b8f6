import { entryKinds as labels } from '../../shared/goods/entry-kinds.ts';
import { accountKind, type AccountRef, entryKind } from '../ledger/index.ts';

const pieces = { unit: 'SKU', floor: null, owner: 'goods' } as const;
const money = { unit: 'CNY', floor: null, owner: 'village' } as const;

/** Pieces of goods, where they come from, and their cost. */
export const accountKinds = {
  ...accountKind({
    ...pieces,
    kind: 'shelf',
    floor: 0,
    label: { zh: '货架', en: 'Shelf' },
    section: 'assets',
    short: 'ledger.stock_short',
  }),
  ...accountKind({ ...pieces, kind: 'supplier', label: { zh: '供货', en: 'Supplier' }, section: 'equity' }),
  ...accountKind({
    ...pieces,
    kind: 'adjusted',
    label: { zh: '盘点调整', en: 'Stocktake difference' },
    section: 'expenses',
  }),
  ...accountKind({
    kind: 'stock',
    unit: 'CNY',
    floor: 0,
    owner: 'goods',
    label: { zh: '库存成本', en: 'Cost of stock' },
    section: 'assets',
  }),
  ...accountKind({ ...money, kind: 'funding', label: { zh: '资金来源', en: 'Funding' }, section: 'equity' }),
  ...accountKind({
    ...money,
    kind: 'cost',
    label: { zh: '已兑成本', en: 'Cost of what was handed out' },
    section: 'expenses',
  }),
};

/** Pieces of an item by itself: lots of it are not told apart yet. */
export function goodsAccount(kind: 'shelf' | 'supplier' | 'adjusted', goodsId: string): AccountRef {
  return accountKinds[kind].of(goodsId, goodsId);
}

/** The cost of an item's pieces on the shelf, in fen. */
export const stockCostAccount = accountKinds.stock.of;
export const FUNDING = accountKinds.funding.of();
export const COST = accountKinds.cost.of();

export const entryKinds = {
  ...entryKind({
    kind: 'stock_in',
    mayPassFloor: false,
    source: ['bought', 'donated'],
    label: labels.stock_in,
  }),
  ...entryKind({
    kind: 'stocktake',
    mayPassFloor: false,
    source: ['stocktake'],
    label: labels.stocktake,
  }),
};

import { entryKinds as labels } from '../../shared/goods/entry-kinds.ts';
import { entryKind } from '../ledger/index.ts';

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

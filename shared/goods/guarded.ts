import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { goodsActFields } from './acts.ts';

/** Goods that come in are counted by the most of the written cost, their usual cost and their price in points. */
const WORTH = { zh: '折合多少钱', en: 'Counted value', unit: 'yuan' } as const;

/** Writes on goods that may need a second person. */
export const guarded = {
  'goods.update': { zh: '改商品', en: 'Change an item', fields: goodsActFields },
  'goods.stockIn': {
    zh: '进货',
    en: 'Take goods in',
    fields: {
      quantity: { zh: '数量', en: 'Quantity' },
      totalCostFen: { zh: '一共多少钱', en: 'Cost in all', unit: 'yuan' },
      worthFen: WORTH,
      source: { zh: '来源', en: 'Bought or donated' },
      note: { zh: '备注', en: 'Note' },
      donor: { zh: '捐赠人', en: 'Donor' },
      thanksDonor: { zh: '同意公开致谢', en: 'Thanked by name', unit: 'yesNo' },
    },
  },
  'goods.openStock': {
    zh: '开业上架',
    en: 'Take in the first stock',
    fields: {
      items: { zh: '商品', en: 'Items' },
      totalCostFen: { zh: '一共多少钱', en: 'Cost in all', unit: 'yuan' },
      worthFen: WORTH,
      note: { zh: '备注', en: 'Note' },
    },
  },
  'goods.stocktake': {
    zh: '盘点',
    en: 'Count the stock',
    fields: {
      stock: { zh: '库存', en: 'Stock' },
      reason: { zh: '原因', en: 'Reason' },
      worthFen: WORTH,
    },
  },
} as const satisfies GuardedOfDomain;

import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { goodsActFields } from './acts.ts';

/** Writes on goods that may need a second person. */
export const guarded = {
  'goods.update': { zh: '改商品', en: 'Change an item', fields: goodsActFields },
  'goods.stockIn': {
    zh: '进货',
    en: 'Take goods in',
    fields: {
      quantity: { zh: '数量', en: 'Quantity' },
      totalCostFen: { zh: '一共多少钱', en: 'Cost in all', unit: 'yuan' },
      today: { zh: '这样货今天连它一共', en: 'Of this item today, with it', unit: 'yuan' },
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
      note: { zh: '备注', en: 'Note' },
    },
  },
  'goods.stocktake': {
    zh: '盘点减少',
    en: 'Count down',
    fields: { stock: { zh: '库存', en: 'Stock' }, reason: { zh: '原因', en: 'Reason' } },
  },
} as const satisfies GuardedOfDomain;

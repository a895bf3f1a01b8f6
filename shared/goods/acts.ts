import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The fields of an item as somebody sets them. */
export const goodsActFields = {
  kind: { zh: '种类', en: 'Kind' },
  category: { zh: '类别', en: 'Category' },
  name: { zh: '名称', en: 'Name' },
  unit: { zh: '单位', en: 'Unit' },
  price: { zh: '所需积分', en: 'Points', unit: 'points' },
  nextPrice: { zh: '以后的所需积分', en: 'Points later on', unit: 'points' },
  nextPriceFrom: { zh: '新分值起用日', en: 'Later points count from' },
  costFen: { zh: '成本', en: 'Cost', unit: 'yuan' },
  barcode: { zh: '条码', en: 'Barcode' },
  monthlyLimit: { zh: '每户每月限量', en: 'Most a household in a month' },
  enabled: { zh: '启用', en: 'In use', unit: 'yesNo' },
  picture: { zh: '照片', en: 'Photo' },
  drawing: { zh: '图样', en: 'Drawing' },
} as const;

export const acts = {
  'goods.created': { zh: '添加了商品', en: 'added the item', fields: goodsActFields },
  'goods.changed': { zh: '改了商品', en: 'changed the item', fields: goodsActFields },
} as const satisfies ActsOfDomain;

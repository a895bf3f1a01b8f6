import type { endpoints } from '../../shared/goods/endpoints.ts';
import { goodsSample, type SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'goods.list': () => ({}),
  'goods.create': (_, fresh) => ({ body: goodsSample(`食盐${fresh}`) }),
  'goods.update': ({ goodsId, goodsPictureId }) => ({
    params: { id: goodsId },
    body: { unit: '袋', pictureId: goodsPictureId },
  }),
  'goods.openStock': ({ emptyGoodsId }) => ({
    body: { items: [{ goodsId: emptyGoodsId, quantity: 3, totalCostFen: 900 }], note: '开业盘点' },
  }),
  'goods.stockIn': ({ goodsId }) => ({
    params: { id: goodsId },
    body: { quantity: 2, totalCostFen: 2000, source: 'donated', note: '' },
  }),
  'goods.stocktake': ({ goodsId }) => ({ params: { id: goodsId }, body: { counted: 600, reason: '盘点' } }),
};

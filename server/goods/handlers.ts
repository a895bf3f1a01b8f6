import type { endpoints } from '../../shared/goods/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createGoods, listRanked, updateGoods } from './goods.ts';
import { openStock } from './opening-stock.ts';
import type { Popularity } from './popularity.ts';
import { stockIn, stocktake } from './stock.ts';

interface GoodsServices {
  readonly ledger: Ledger;
  readonly popularity: Popularity;
}

export function goodsHandlers({ ledger, popularity }: GoodsServices): HandlersOf<typeof endpoints> {
  return {
    'goods.list': async (_, { reader, village, today }) => {
      const ranks = await popularity.ranks(reader, village.id, today);
      return { items: await listRanked(reader, { villageId: village.id, ranks, enabledOnly: false, today }) };
    },
    'goods.create': ({ body }, context) => createGoods({ ...context, ledger }, body),
    'goods.update': ({ params, body }, context) => updateGoods({ ...context, ledger }, params.id, body),
    'goods.openStock': {
      command: ({ body }, context) => openStock.with(body, { ...context, ledger }),
    },
    'goods.stockIn': {
      command: ({ params, body }, context) =>
        stockIn.with({ goodsId: params.id, ...body }, { ...context, ledger }),
    },
    'goods.stocktake': {
      command: ({ params, body }, context) =>
        stocktake.with({ goodsId: params.id, ...body }, { ...context, ledger }),
    },
  };
}

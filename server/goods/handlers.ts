import type { endpoints } from '../../shared/goods/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createGoods, listGoods, updateGoods } from './goods.ts';
import { stockIn, stocktake } from './stock.ts';

export function goodsHandlers({ ledger }: { readonly ledger: Ledger }): HandlersOf<typeof endpoints> {
  return {
    'goods.list': async (_, { reader, village, today }) => ({
      items: await listGoods(reader, village.id, { enabledOnly: false, today }),
    }),
    'goods.create': ({ body }, context) => createGoods({ ...context, ledger }, body),
    'goods.update': ({ params, body }, context) => updateGoods({ ...context, ledger }, params.id, body),
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

import type { endpoints } from '../../shared/goods/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { refuseUnfitTexts } from '../texts/index.ts';
import { createGoods, listRanked, updateGoods } from './goods.ts';
import { toldOfGoods } from './goods-act-fields.ts';
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
    'goods.create': async ({ body }, context) => {
      await refuseUnfitTexts(context.tx, context.village.id, body.name, body.category);
      const { now, item } = await createGoods({ ...context, ledger }, body);
      context.act({ act: 'goods.created', on: `goods:${item.id}`, is: toldOfGoods(now) });
      return item;
    },
    'goods.update': async ({ params: { id }, body }, context) => {
      const { was, now, item } = await updateGoods({ ...context, ledger }, id, body);
      const fresh = [now.name, now.category].filter((text) => text !== was.name && text !== was.category);
      await refuseUnfitTexts(context.tx, context.village.id, ...fresh);
      context.act({ act: 'goods.changed', on: `goods:${id}`, was: toldOfGoods(was), is: toldOfGoods(now) });
      return item;
    },
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

import type { goodsActFields } from '../../shared/goods/acts.ts';
import type { ActValue } from '../../shared/acts/act.ts';
import type { GoodsRow } from './goods-row.ts';

type ToldGoods = Readonly<Record<keyof typeof goodsActFields, ActValue>>;

/** The fields of an item as acts tell them. */
export function toldOfGoods(row: GoodsRow): ToldGoods {
  const { kind, category, name, unit, price, nextPrice, nextPriceFrom, costFen, barcode } = row;
  const { monthlyLimit, enabled, pictureId: picture, chosenDrawing: drawing } = row;
  return {
    ...{ kind, category, name, unit, price, nextPrice, nextPriceFrom, costFen, barcode },
    ...{ monthlyLimit, enabled, picture, drawing },
  };
}

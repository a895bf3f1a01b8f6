import { type StartCheck, type Told, type ToldFields, ToldThings } from '../acts/index.ts';
import { toldOfGoods } from './goods-act-fields.ts';

const columns = { picture: 'pictureId', drawing: 'chosenDrawing' };

/** Compares names, prices, limits and all else that is set of an item with the acts that set it. */
export const checkGoods: StartCheck = (at) => {
  const items = new ToldThings<Told>((told) => told);
  /** The latest day of the acts. */
  let today = '';
  return {
    take(act) {
      if (act.effectiveOn > today) today = act.effectiveOn;
      if (act.kind !== 'goods') return;
      reachDay(items.of(act).fields, act.effectiveOn);
      items.hear(act);
    },
    finish: ({ isWhole }) =>
      items.compare(at, 'goods', isWhole, (row, { fields }) => {
        // A price whose day has come becomes the price when the row is next written, be it for another reason.
        if (row.nextPriceFrom === null) reachDay(fields, today);
        return fields.compare(at.reader.t.goods, row.id, toldOfGoods(row), { columns });
      }),
  };
};

/** Makes a price whose day has come the price, as `asOnDay` does. */
function reachDay(fields: ToldFields, day: string): void {
  const from = fields.get('nextPriceFrom');
  if (typeof from !== 'string' || from > day) return;
  fields.put('price', fields.get('nextPrice'));
  fields.put('nextPrice', undefined);
  fields.put('nextPriceFrom', undefined);
}

import type { Drawing } from '../../../shared/goods/choose-drawing.ts';
import type { GoodsItem, GoodsKind } from '../../../shared/goods/contract.ts';
import { formatFen, formatHundredths, parseHundredths } from '../../../shared/points.ts';
import { localDay } from '../../i18n/format.ts';
import { parseFen } from './parse-fen.ts';
import { usualPriceDay } from './price-day.ts';

/** An item as it is typed: figures are text until they are read. */
export interface TypedGoods {
  kind: GoodsKind;
  category: string;
  name: string;
  unit: string;
  price: string;
  /** The first day of a changed price. */
  priceFrom: string;
  cost: string;
  barcode: string;
  limit: string;
  enabled: boolean;
  /** Empty: the one that the name finds. */
  chosenDrawing: Drawing | '';
}

export function emptyGoods(unit: string): TypedGoods {
  return {
    kind: 'goods',
    category: '',
    name: '',
    unit,
    price: '',
    priceFrom: '',
    cost: '',
    barcode: '',
    limit: '',
    enabled: true,
    chosenDrawing: '',
  };
}

export function typedGoods(item: GoodsItem): TypedGoods {
  const { kind, category, name, unit, enabled, price, nextPrice, costFen, barcode, monthlyLimit } = item;
  return {
    ...{ kind, category, name, unit, enabled },
    price: formatHundredths(nextPrice?.price ?? price),
    priceFrom: nextPrice?.from ?? usualPriceDay(localDay(Date.now())),
    cost: costFen === null ? '' : formatFen(costFen),
    barcode: barcode ?? '',
    limit: monthlyLimit === null ? '' : String(monthlyLimit),
    chosenDrawing: item.chosenDrawing ?? '',
  };
}

/** The item as it is sent, apart from its photo. */
export function goodsOf(typed: TypedGoods) {
  return {
    kind: typed.kind,
    category: typed.category.trim(),
    name: typed.name.trim(),
    unit: typed.unit.trim(),
    price: parseHundredths(typed.price) ?? 0,
    costFen: parseFen(typed.cost),
    barcode: typed.barcode.trim() === '' ? null : typed.barcode.trim(),
    monthlyLimit: typed.limit.trim() === '' ? null : Number(typed.limit),
    enabled: typed.enabled,
    chosenDrawing: typed.chosenDrawing === '' ? null : typed.chosenDrawing,
  };
}

export function isBarcode(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text.trim());
}

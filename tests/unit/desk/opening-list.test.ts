import { describe, expect, it } from 'vitest';
import { countedItems, isAsked, piecesOf, withRows } from '../../../client/desk/goods/opening-list.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';

const RICE = {
  ...{ id: 'rice', kind: 'goods', category: '米面粮油', name: '大米5kg', unit: '袋', price: 3200 },
  ...{ costFen: 2900, barcode: null, monthlyLimit: null, enabled: true, pictureId: null, stock: 0 },
} as const satisfies Partial<GoodsItem> as unknown as GoodsItem;

describe('the list of opening stock', () => {
  it('asks for goods that are not on the shelf yet, and for nothing else', () => {
    expect(isAsked(RICE)).toBe(true);
    expect(isAsked({ ...RICE, stock: 3 })).toBe(false);
    expect(isAsked({ ...RICE, kind: 'service', stock: null })).toBe(false);
    expect(isAsked({ ...RICE, kind: 'loan', stock: null })).toBe(false);
    expect(isAsked({ ...RICE, enabled: false })).toBe(false);
  });

  it('begins with the usual cost, keeps what was typed, and forgets items that are gone', () => {
    const oil = { ...RICE, id: 'oil', costFen: null };
    const rows = withRows({ rice: { quantity: '7', cost: '28.5' }, gone: { quantity: '1', cost: '1' } }, [
      RICE,
      oil,
    ]);
    expect(rows).toEqual({ rice: { quantity: '7', cost: '28.5' }, oil: { quantity: '', cost: '' } });
    expect(withRows({}, [RICE])).toEqual({ rice: { quantity: '', cost: '29' } });
  });

  it.each([
    ['', 0],
    ['0', 0],
    [' 12 ', 12],
    ['007', 7],
    ['999999', 999_999],
    ['1000000', null],
    ['-1', null],
    ['1.5', null],
    ['十', null],
  ])('reads %j as %j pieces', (quantity, pieces) => {
    expect(piecesOf({ quantity })).toBe(pieces);
  });

  it('counts what there is with its cost, and is not ready while a figure is wrong or a cost is missing', () => {
    const none = { quantity: '', cost: 'abc' };
    expect(countedItems({ a: { quantity: '3', cost: '2.5' }, b: none })).toEqual([
      { goodsId: 'a', quantity: 3, totalCostFen: 750 },
    ]);
    expect(countedItems({ a: { quantity: '3', cost: '' } })).toBeNull();
    expect(countedItems({ a: { quantity: 'x', cost: '1' } })).toBeNull();
    expect(countedItems({ a: { quantity: '3', cost: '0' } })).toEqual([
      { goodsId: 'a', quantity: 3, totalCostFen: 0 },
    ]);
  });
});

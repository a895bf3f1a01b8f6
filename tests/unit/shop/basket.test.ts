import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../shared/errors.ts';
import {
  basketTitle,
  checkLimits,
  mergeLines,
  priceLines,
  totalPoints,
} from '../../../server/kiosk/basket.ts';
import { shareOfCostFen } from '../../../server/goods/cost.ts';
import type { GoodsRow } from '../../../server/goods/goods.ts';
import { mayUndo } from '../../../server/kiosk/receipts.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import { isOpen } from '../../../server/kiosk/shifts.ts';
import { SHIFT_LASTS_MS } from '../../../shared/kiosk/shift-limits.ts';

function goods(id: string, fields: Partial<GoodsRow> = {}): GoodsRow {
  return {
    villageId: 'v',
    id,
    kind: 'goods',
    category: '米面粮油',
    name: id,
    unit: '袋',
    price: 300,
    costFen: 250,
    barcode: null,
    pictureId: null,
    chosenDrawing: null,
    keepsStock: true,
    monthlyLimit: null,
    enabled: true,
    ...{ nextPrice: null, nextPriceFrom: null, formerPrice: null, priceSince: null },
    ...{ basePrice: null, basePriceOn: null },
    position: 1,
    createdAtMs: 0,
    ...fields,
  };
}

function refusalOf(work: () => unknown): Pick<Refusal, 'code' | 'params'> {
  try {
    work();
  } catch (error) {
    const { code, params } = error as Refusal;
    return { code, params };
  }
  throw new Error('was not refused');
}

describe('the cost that goes with pieces', () => {
  test('is their share, rounded down, and everything with the last piece', () => {
    expect(shareOfCostFen(1000, 1, 3)).toBe(333);
    expect(shareOfCostFen(667, 1, 2)).toBe(333);
    expect(shareOfCostFen(334, 1, 1)).toBe(334);
    expect(shareOfCostFen(0, 2, 5)).toBe(0);
  });

  test('stays exact where the product is beyond floating point', () => {
    expect(shareOfCostFen(999_999_999_999, 999_998, 999_999)).toBe(
      Number((999_999_999_999n * 999_998n) / 999_999n),
    );
  });

  test('handing out everything bit by bit hands out all of the cost, and never more than there is', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
        (cost, takes) => {
          let stock = takes.reduce((sum, take) => sum + take, 0);
          let left = cost;
          for (const take of takes) {
            const share = shareOfCostFen(left, take, stock);
            expect(share).toBeGreaterThanOrEqual(0);
            left -= share;
            stock -= take;
            expect(left).toBeGreaterThanOrEqual(0);
          }
          expect(left).toBe(0);
        },
      ),
    );
  });
});

describe('a basket', () => {
  test('counts an item scanned twice once, in the order first scanned', () => {
    const lines = [
      { goodsId: 'b', quantity: 1 },
      { goodsId: 'a', quantity: 2 },
      { goodsId: 'b', quantity: 3 },
    ];
    expect(mergeLines(lines)).toEqual([
      { goodsId: 'b', quantity: 4 },
      { goodsId: 'a', quantity: 2 },
    ]);
  });

  test('is refused with an item that is unknown, before one that is no longer handed out', () => {
    const item = goods('old', { enabled: false, name: '旧货' });
    const known = (id: string) => (id === 'old' ? item : undefined);
    const old = { goodsId: 'old', quantity: 1 };
    expect(refusalOf(() => priceLines([old, { goodsId: 'none', quantity: 1 }], known))).toEqual({
      code: 'goods.not_found',
      params: { id: 'none' },
    });
    expect(refusalOf(() => priceLines([old], known))).toEqual({
      code: 'goods.disabled',
      params: { name: '旧货' },
    });
  });

  test('may reach a monthly limit and not pass it', () => {
    const line = { goods: goods('oil', { monthlyLimit: 3 }), quantity: 2 };
    expect(() => checkLimits([line], new Map([['oil', 1]]))).not.toThrow();
    expect(refusalOf(() => checkLimits([line], new Map([['oil', 2]])))).toEqual({
      code: 'goods.limit',
      params: { name: 'oil', limit: 3, had: 2, left: 1, wanted: 2 },
    });
  });

  test('costs what the screen showed or nothing happens', () => {
    const lines = [
      { goods: goods('a', { price: 350 }), quantity: 2 },
      { goods: goods('b', { price: 50 }), quantity: 1 },
    ];
    expect(totalPoints(lines, 750)).toBe(750);
    expect(refusalOf(() => totalPoints(lines, 700))).toEqual({
      code: 'goods.price_changed',
      params: { expected: 700, total: 750 },
    });
  });

  test('reads on the passbook line as it was handed out, cut where it is endless', () => {
    expect(
      basketTitle([
        { name: '大米5kg', quantity: 1 },
        { name: '食盐', quantity: 2 },
      ]),
    ).toBe('大米5kg×1、食盐×2');
    const long = basketTitle(Array.from({ length: 60 }, () => ({ name: '很长的名字', quantity: 1 })));
    expect(Array.from(long)).toHaveLength(200);
    expect(long.endsWith('…')).toBe(true);
  });
});

describe('time at the kiosk', () => {
  test('an undo is for the latest redemption, once, within ten minutes', () => {
    const one = { isLatest: true, undone: false, bookedAtMs: 1000 };
    expect(mayUndo(one, 1000 + UNDO_WITHIN_MS)).toBe(true);
    expect(mayUndo(one, 1001 + UNDO_WITHIN_MS)).toBe(false);
    expect(mayUndo({ ...one, isLatest: false }, 1000)).toBe(false);
    expect(mayUndo({ ...one, undone: true }, 1000)).toBe(false);
  });

  test('a shift is over when it was ended, and after twelve hours', () => {
    expect(isOpen({ startedAtMs: 0, endedAtMs: null }, SHIFT_LASTS_MS - 1)).toBe(true);
    expect(isOpen({ startedAtMs: 0, endedAtMs: null }, SHIFT_LASTS_MS)).toBe(false);
    expect(isOpen({ startedAtMs: 0, endedAtMs: 5 }, 6)).toBe(false);
  });
});

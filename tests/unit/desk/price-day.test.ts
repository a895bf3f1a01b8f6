import { describe, expect, test } from 'vitest';
import { pricesFrom, usualPriceDay } from '../../../client/desk/goods/price-day.ts';

const at = { inForce: 3200, today: '2026-11-29' };

describe('a price and its first day', () => {
  test('counts at once from today, or from a day that is past', () => {
    expect(pricesFrom(3500, '2026-11-29', at)).toEqual({ price: 3500, nextPrice: null });
    expect(pricesFrom(3500, '2026-11-01', at)).toEqual({ price: 3500, nextPrice: null });
  });

  test('waits for a later day, and the one in force stays until then', () => {
    expect(pricesFrom(3500, '2026-12-02', at)).toEqual({
      price: 3200,
      nextPrice: { price: 3500, from: '2026-12-02' },
    });
  });

  test('the price in force again takes back what was planned', () => {
    expect(pricesFrom(3200, '2026-12-02', at)).toEqual({ price: 3200, nextPrice: null });
  });

  test('usually begins in three days', () => {
    expect(usualPriceDay('2026-12-30')).toBe('2027-01-02');
  });
});

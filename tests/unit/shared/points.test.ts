import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AMOUNT_MAX,
  formatFen,
  formatHundredths,
  isAmount,
  parseHundredths,
} from '../../../shared/points.ts';

describe('points', () => {
  it.each([
    ['12', 1200],
    ['+5', 500],
    ['-2.5', -250],
    ['１２．５', 1250],
    ['1,200', 120_000],
    ['−3', -300],
    [' 0.05 ', 5],
    ['-0', 0],
  ])('reads %s', (text, hundredths) => {
    expect(parseHundredths(text)).toBe(hundredths);
  });

  it.each(['', 'abc', '1.234', '1e3', '--1', '1,20', '0x10', 'NaN', '9999999999999', '1.', '.5', '5分'])(
    'refuses %j',
    (text) => {
      expect(parseHundredths(text)).toBeNull();
    },
  );

  it('reads back what it shows, for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX }), (amount) => {
        expect(parseHundredths(formatHundredths(amount))).toBe(amount);
        expect(formatHundredths(amount)).not.toMatch(/\.\d*0$/);
      }),
    );
  });

  it('shows fen as yuan', () => {
    expect([formatFen(0), formatFen(5), formatFen(-1250)]).toEqual(['0.00', '0.05', '-12.50']);
  });

  it('knows an amount from a float, a string and a figure past the bound', () => {
    expect([1, 0, -AMOUNT_MAX].every(isAmount)).toBe(true);
    expect([0.5, Number.NaN, Infinity, '1', null, AMOUNT_MAX + 1, 2 ** 53].some(isAmount)).toBe(false);
    expect(() => formatHundredths(0.5)).toThrow(RangeError);
  });
});

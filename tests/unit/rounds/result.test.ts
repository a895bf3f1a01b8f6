import { describe, expect, it } from 'vitest';
import { areBandsSound, bandOf, meanToHalf, resultOf, standsApart } from '../../../shared/rounds/result.ts';

describe('the mean of judges', () => {
  it.each([
    [[9000, 9100, 9150], 9100],
    [[9000, 9000, 9050], 9000],
    // 8.25 lies between 8 and 8.5, and goes up.
    [[800, 850], 850],
    [[850, 850, 800], 850],
    [[0, 0, 0], 0],
    [[10_000, 10_000, 10_000], 10_000],
  ])('%j is %i, to the half point', (totals, mean) => {
    expect(meanToHalf(totals)).toBe(mean);
  });

  it('is never further from the exact one than a quarter, and lies between the lowest and the highest', () => {
    for (let a = 0; a <= 2000; a += 150)
      for (let b = 0; b <= 2000; b += 250)
        for (let c = 0; c <= 2000; c += 350) {
          const totals = [a, b, c];
          const mean = meanToHalf(totals);
          expect(Math.abs(mean * 3 - (a + b + c))).toBeLessThanOrEqual(75);
          expect(mean).toBeGreaterThanOrEqual(Math.min(...totals));
          expect(mean).toBeLessThanOrEqual(Math.max(...totals));
          expect(mean % 50).toBe(0);
        }
  });
});

describe('a judge stands apart', () => {
  it.each([
    [[9000, 9100, 8000], 2],
    [[8000, 9100, 9000], 0],
    [[9000, 8000, 9050], 1],
    // Not by a tenth.
    [[9000, 9100, 8050], null],
    // All three differ: nobody can say who is apart.
    [[9000, 8000, 7000], null],
    // Two chains of near ones.
    [[9000, 8500, 8000], null],
    [[9000, null, 5000], null],
    [[null, null, null], null],
  ])('%j: %j', (totals, apart) => {
    expect(standsApart(totals, 10_000)).toBe(apart);
  });
});

describe('a result', () => {
  it('needs two judges, and keeps the spread', () => {
    expect(resultOf([null, 900, null], 1000)).toMatchObject({
      mean: null,
      least: 900,
      most: 900,
      apart: null,
    });
    expect(resultOf([800, 900, null], 1000)).toMatchObject({ mean: 850, least: 800, most: 900 });
  });

  it('falls into the highest band that it reaches', () => {
    const bands = [
      { least: 900, points: 1000, option: null },
      { least: 800, points: 500, option: null },
    ];
    expect([bandOf(950, bands), bandOf(900, bands)].map((band) => band?.points)).toEqual([1000, 1000]);
    expect([bandOf(850, bands)?.points, bandOf(750, bands), bandOf(null, bands)]).toEqual([
      500,
      undefined,
      undefined,
    ]);
  });

  it('has bands that go down from the full mark', () => {
    const band = (least: number) => ({ least, points: 100, option: null });
    expect(areBandsSound([band(1000), band(0)], 1000)).toBe(true);
    expect(areBandsSound([band(1001)], 1000)).toBe(false);
    expect(areBandsSound([band(800), band(800)], 1000)).toBe(false);
    expect(areBandsSound([band(700), band(800)], 1000)).toBe(false);
  });
});

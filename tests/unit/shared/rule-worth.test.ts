import { describe, expect, it } from 'vitest';
import { boundsOf, isAward, isDeduction, worthInFigures } from '../../../shared/rules/worth.ts';

const none = { points: null, pointsMin: null, pointsMax: null, perUnit: null, options: [] };
const schools = [
  { name: '中职', points: 300 },
  { name: '本科', points: 500 },
];
const harms = [
  { name: '轻微', points: -200 },
  { name: '严重', points: -500 },
];
const format = { signedPoints: (hundredths: number) => `${hundredths > 0 ? '+' : ''}${hundredths / 100}` };

describe('the worth of a deed in figures', () => {
  it.each([
    ['one figure', { points: 500 }, '+5'],
    ['a figure for each hour', { points: 250, perUnit: '小时' }, '+2.5/小时'],
    ['an empty unit', { points: 500, perUnit: '' }, '+5'],
    ['two bounds', { pointsMin: 300, pointsMax: 2000 }, '+3 ~ +20'],
    // A figure alone would promise the most that judges may give.
    ['judged, at most', { pointsMax: 2000 }, '0 ~ +20'],
    ['judged, a deduction of at most', { pointsMin: -1000 }, '-10 ~ 0'],
    ['judged, at least', { pointsMin: 300 }, ''],
    ['judged, a deduction of at least', { pointsMax: -300 }, ''],
    ['judged without bounds', {}, ''],
    ['one of several', { options: schools }, '中职 +3 / 本科 +5'],
    ['one of several, taken', { options: harms }, '轻微 -2 / 严重 -5'],
  ])('%s', (_, figures, text) => {
    expect(worthInFigures({ ...none, ...figures }, format)).toBe(text);
  });

  it('has no bounds where a deed has one worth and no other figure', () => {
    expect(boundsOf({ ...none, points: 500 })).toBe(null);
  });

  it('promises points by one figure, by several that give some, or by the most that judges may give', () => {
    for (const figures of [{ points: 100 }, { options: schools }, { pointsMin: 100, pointsMax: 300 }])
      expect(isAward({ ...none, ...figures })).toBe(true);
    for (const figures of [{}, { points: -100 }, { options: harms }, { pointsMin: 300 }])
      expect(isAward({ ...none, ...figures })).toBe(false);
  });

  it('knows a deduction by any of its figures', () => {
    expect(isDeduction({ ...none, points: -200 })).toBe(true);
    expect(isDeduction({ ...none, pointsMin: -500, pointsMax: 500 })).toBe(true);
    expect(isDeduction({ ...none, pointsMax: -300 })).toBe(true);
    expect(isDeduction({ ...none, options: harms })).toBe(true);
    expect(isDeduction({ ...none, options: schools })).toBe(false);
    expect(isDeduction({ ...none, pointsMax: 300 })).toBe(false);
    expect(isDeduction(none)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { capOf, isCapSound, passedFigure, periodOf } from '../../../shared/rules/caps.ts';

const none = { limitPeriod: null, limitTimes: null, limitPoints: null };

describe('the period of a day', () => {
  it.each([
    ['2026-03-18', 'day', '2026-03-18', '2026-03-18'],
    ['2026-03-18', 'week', '2026-03-16', '2026-03-22'],
    ['2026-03-16', 'week', '2026-03-16', '2026-03-22'],
    ['2026-03-22', 'week', '2026-03-16', '2026-03-22'],
    ['2027-01-02', 'week', '2026-12-28', '2027-01-03'],
    ['2026-02-14', 'month', '2026-02-01', '2026-02-28'],
    ['2028-02-29', 'month', '2028-02-01', '2028-02-29'],
    ['2026-12-31', 'month', '2026-12-01', '2026-12-31'],
    ['2026-01-01', 'quarter', '2026-01-01', '2026-03-31'],
    ['2026-06-30', 'quarter', '2026-04-01', '2026-06-30'],
    ['2026-08-15', 'quarter', '2026-07-01', '2026-09-30'],
    ['2026-12-31', 'quarter', '2026-10-01', '2026-12-31'],
    ['2026-07-01', 'year', '2026-01-01', '2026-12-31'],
  ] as const)('%s in its %s is %s to %s', (day, period, first, last) => {
    expect(periodOf(day, period)).toEqual({ first, last });
  });
});

describe('the cap of a rule', () => {
  it('has a period and a figure, or is none', () => {
    expect(capOf(none)).toBeNull();
    expect(capOf({ ...none, limitPeriod: 'month' })).toBeNull();
    expect(capOf({ ...none, limitTimes: 2 })).toBeNull();
    expect(capOf({ limitPeriod: 'week', limitTimes: 2, limitPoints: 500 })).toEqual({
      period: 'week',
      times: 2,
      points: 500,
    });
  });

  it.each([
    ['nothing', none, true],
    ['a period with times', { ...none, limitPeriod: 'month', limitTimes: 1 }, true],
    ['a period with points', { ...none, limitPeriod: 'year', limitPoints: 5000 }, true],
    ['both figures', { limitPeriod: 'day', limitTimes: 1, limitPoints: 5000 }, true],
    ['a period alone', { ...none, limitPeriod: 'month' }, false],
    ['times alone', { ...none, limitTimes: 1 }, false],
    ['points alone', { ...none, limitPoints: 100 }, false],
    ['no points at all', { ...none, limitPeriod: 'month', limitPoints: 0 }, false],
    ['points below nothing', { ...none, limitPeriod: 'month', limitPoints: -100 }, false],
  ] as const)('%s: sound is %s', (_, fields, sound) => {
    expect(isCapSound(fields)).toBe(sound);
  });

  it('is passed by the deed that does not fit whole, whichever figure it meets first', () => {
    const cap = { period: 'month', times: 3, points: 2000 } as const;
    expect(passedFigure(cap, { times: 0, points: 0 }, 2000)).toBeNull();
    expect(passedFigure(cap, { times: 1, points: 1700 }, 300)).toBeNull();
    expect(passedFigure(cap, { times: 1, points: 1700 }, 301)).toBe('points');
    expect(passedFigure(cap, { times: 3, points: 300 }, 100)).toBe('times');
    expect(passedFigure({ ...cap, times: null }, { times: 30, points: 300 }, 100)).toBeNull();
    expect(passedFigure({ ...cap, points: null }, { times: 2, points: 30_000 }, 100)).toBeNull();
  });

  it('counts a deduction by what it takes', () => {
    const cap = { period: 'month', times: null, points: 400 } as const;
    expect(passedFigure(cap, { times: 1, points: 200 }, -200)).toBeNull();
    expect(passedFigure(cap, { times: 2, points: 400 }, -200)).toBe('points');
  });
});

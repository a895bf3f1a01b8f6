import { describe, expect, test } from 'vitest';
import { demoDay, demoDays } from '../../../server/demo/calendar.ts';
import { DeedLimits } from '../../../server/demo/deeds.ts';
import { createDice } from '../../../server/demo/dice.ts';
import { addDays, businessDay } from '../../../shared/business-day.ts';
import { type DeedWords, NO_WORDS } from '../../../shared/rules/caps.ts';
import { capOf } from '../../support/capped.ts';

describe('the dice of the demo', () => {
  test('roll the same from the same seed, on every machine and for ever', () => {
    const dice = createDice(42);
    expect(Array.from({ length: 8 }, () => dice.below(1000))).toEqual([
      331, 879, 855, 343, 583, 508, 316, 481,
    ]);
    expect(Array.from(createDice(42).bytes(8))).toEqual(Array.from(createDice(42).bytes(8)));
    expect(Array.from(createDice(42).bytes(8))).not.toEqual(Array.from(createDice(43).bytes(8)));
  });

  test('fall evenly and stay within their bounds', () => {
    const dice = createDice(7);
    const counts = Array.from({ length: 6 }, () => 0);
    for (let roll = 0; roll < 60_000; roll += 1) {
      const face = dice.between(1, 6) - 1;
      counts[face] = (counts[face] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('draw nobody twice, and no more than there are', () => {
    const drawn = createDice(1).draw([1, 2, 3, 4, 5], 9);
    expect([...drawn].sort()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the calendar of the demo', () => {
  test('knows the festivals of the moon', () => {
    const festivals = ['2025-01-29', '2026-02-17', '2026-06-19', '2025-10-06', '2026-10-18'].map(
      (day) => demoDay(day).festival,
    );
    expect(festivals).toEqual(['春节', '春节', '端午节', '中秋节', '重阳节']);
  });

  test('keeps no festival twice in a leap month', () => {
    const days = demoDays('2025-06-25', '2025-09-20').filter(({ festival }) => festival === '七夕');
    expect(days.map(({ day }) => day)).toEqual(['2025-08-29']);
  });

  test('counts every day once, over the ends of months and years', () => {
    const days = demoDays('2027-12-30', '2028-03-01');
    expect(days).toHaveLength(63);
    expect(days.filter(({ isMonthEnd }) => isMonthEnd).map(({ day }) => day)).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
    ]);
    expect(
      days
        .filter(({ isMarket }) => isMarket)
        .slice(0, 3)
        .map(({ day }) => day),
    ).toEqual(['2028-01-03', '2028-01-08', '2028-01-13']);
  });
});

describe('what a household may be scored for in the demo', () => {
  const once = { code: 'A1', caps: [capOf('month', { times: 1 })] };
  const weekly = { code: 'D10', caps: [capOf('week', { times: 1 })] };
  const ten = { code: 'D1', caps: [capOf('month', { points: 1000 })] };
  const deed = (points: number, words: Partial<DeedWords> = {}) => ({ ...NO_WORDS, ...words, points });
  const household = { id: 'h', number: '1', group: '第一组' };

  test('stays within the rule’s period and begins again with the next', () => {
    const limits = new DeedLimits();
    limits.begin(demoDay('2026-03-08'));
    limits.count('A1', [household], deed(500));
    expect(limits.allow(once, household, deed(500))).toBe(false);
    limits.begin(demoDay('2026-04-01'));
    expect(limits.allow(once, household, deed(500))).toBe(true);
  });

  test('begins a week on Monday, as the rule book does', () => {
    const limits = new DeedLimits();
    limits.begin(demoDay('2026-03-11'));
    limits.count('D10', [household], deed(300));
    limits.begin(demoDay('2026-03-15'));
    expect(limits.allow(weekly, household, deed(300))).toBe(false);
    limits.begin(demoDay('2026-03-16'));
    expect(limits.allow(weekly, household, deed(300))).toBe(true);
  });

  test('counts points where the rule limits points, by what the next deed may be worth', () => {
    const limits = new DeedLimits();
    limits.begin(demoDay('2026-03-08'));
    limits.count('D1', [household], deed(500));
    expect(limits.allow(ten, household, deed(500))).toBe(true);
    expect(limits.allow(ten, household, deed(600))).toBe(false);
    limits.count('D1', [household], deed(-500));
    expect(limits.allow(ten, household, deed(100))).toBe(false);
  });

  test('stays under all caps of a rule, and counts by event where one of them does', () => {
    const wedding = {
      code: 'B5',
      caps: [capOf('ever', { scope: 'event', times: 1 }), capOf('year', { times: 2 })],
    };
    const limits = new DeedLimits();
    const may = (event: string) => limits.allow(wedding, household, deed(1000, { event }));
    limits.begin(demoDay('2026-03-08'));
    limits.count('B5', [household], deed(1000, { event: '3月8日喜宴' }));
    expect([may('3月8日喜宴'), may('3月9日喜宴')]).toEqual([false, true]);
    limits.count('B5', [household], deed(1000, { event: '3月9日喜宴' }));
    expect(may('3月10日喜宴')).toBe(false);
    limits.begin(demoDay('2027-03-08'));
    expect([may('3月8日喜宴'), may('3月10日喜宴')]).toEqual([false, true]);
  });
});

describe('business days', () => {
  test('begin at midnight of the village, not of the server', () => {
    expect(businessDay(Date.parse('2026-03-01T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-03-01');
    expect(businessDay(Date.parse('2026-03-01T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-03-02');
  });

  test('are counted across months, leap days and years', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});

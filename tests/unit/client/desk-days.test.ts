import { describe, expect, it } from 'vitest';
import { rangeWithZero } from '../../../client/desk/dashboard/plot.ts';
import { daysOf } from '../../../client/desk/notices/notice-periods.ts';
import { shortDaysIn } from '../../../client/i18n/useShortDays.ts';
import { since } from '../../../client/i18n/useSince.ts';

describe('days of a notice', () => {
  it.each([
    // A Tuesday, a Monday, a Sunday, and a first of January.
    ['2026-11-24', ['2026-11-23', '2026-11-24'], ['2026-11-16', '2026-11-22'], ['2026-10-01', '2026-10-31']],
    ['2026-11-23', ['2026-11-23', '2026-11-23'], ['2026-11-16', '2026-11-22'], ['2026-10-01', '2026-10-31']],
    ['2026-03-01', ['2026-02-23', '2026-03-01'], ['2026-02-16', '2026-02-22'], ['2026-02-01', '2026-02-28']],
    ['2026-01-01', ['2025-12-29', '2026-01-01'], ['2025-12-22', '2025-12-28'], ['2025-12-01', '2025-12-31']],
  ])('on %s', (today, thisWeek, lastWeek, lastMonth) => {
    const found = (['thisWeek', 'lastWeek', 'lastMonth'] as const).map((name) => daysOf(name, today));
    expect(found.map(({ from, to }) => [from, to])).toEqual([thisWeek, lastWeek, lastMonth]);
    expect(daysOf('thisMonth', today)).toEqual({ from: `${today.slice(0, 7)}-01`, to: today });
  });
});

describe('short days and times ago', () => {
  it('are written in the language of the page', () => {
    const [chinese, english] = [shortDaysIn(() => 'zh-CN'), shortDaysIn(() => 'en')];
    expect([chinese.day('2026-05-03'), english.day('2026-05-03')]).toEqual(['5月3日', 'May 3']);
    expect([chinese.month('2026-12'), english.month('2026-12')]).toEqual(['12月', 'Dec']);
  });

  it.each([
    [20_000, '刚刚', 'just now'],
    [5 * 60_000, '5分钟前', '5 minutes ago'],
    [3 * 3_600_000, '3小时前', '3 hours ago'],
    [26 * 3_600_000, '昨天', 'yesterday'],
    [40 * 86_400_000, '40天前', '40 days ago'],
    [100 * 86_400_000, '3个月前', '3 months ago'],
    [-5_000, '刚刚', 'just now'],
  ])('%i ms', (passedMs, chinese, english) => {
    const nowMs = 1_790_000_000_000;
    expect(since('zh-CN', '刚刚', nowMs - passedMs, nowMs)).toBe(chinese);
    expect(since('en', 'just now', nowMs - passedMs, nowMs)).toBe(english);
  });
});

describe('the wall of a plot', () => {
  it('always shows zero and leaves air above', () => {
    expect(rangeWithZero(100, 200)).toEqual([0, 216]);
    expect(rangeWithZero(-100, 0)).toEqual([-108, 0]);
    expect(rangeWithZero(0, 0)).toEqual([0, 1]);
  });
});

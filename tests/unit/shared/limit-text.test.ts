import { readFileSync } from 'node:fs';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readLimitText } from '../../../shared/rules/limit-text.ts';

describe('limits of a rule in words', () => {
  it.each([
    ['每月1次', 'month', 1, null],
    ['每月一次', 'month', 1, null],
    ['每户每月2次', 'month', 2, null],
    ['每年两次', 'year', 2, null],
    ['一年3次', 'year', 3, null],
    ['每月不超过4次', 'month', 4, null],
    ['每月≤4', 'month', null, 400],
    ['每月最多20分', 'month', null, 2000],
    ['月上限10', 'month', null, 1000],
    ['每季度1次', 'quarter', 1, null],
    ['年度', 'year', 1, null],
    ['≤60/年', 'year', null, 6000],
    ['每日限1次', 'day', 1, null],
    ['每周 ２ 次', 'week', 2, null],
    ['年≤50(防“买分”)', 'year', null, 5000],
  ])('%s is a cap, and says no more than it', (text, limitPeriod, limitTimes, limitPoints) => {
    expect(readLimitText(text)).toEqual({ limitPeriod, limitTimes, limitPoints, isWhole: true });
  });

  it.each(['', '不限', '无', '—', '每次'])('“%s” limits nothing', (text) => {
    expect(readLimitText(text)).toMatchObject({ limitPeriod: null, isWhole: true });
  });

  it.each(['每场1次', '每处每月1次', '每月前10%', '每户1次', '每月0次', '每月≤0', '值守期', '按事'])(
    '%s cannot be counted and stays a note',
    (text) => {
      const none = { limitPeriod: null, limitTimes: null, limitPoints: null };
      expect(readLimitText(text)).toEqual({ ...none, isWhole: false });
    },
  );

  it.each([
    ['每天,≤50/季', 'quarter', null, 5000],
    ['按处,≤60/年', 'year', null, 6000],
    ['每月1次，每年5次', 'month', 1, null],
  ])('%s is a cap in part, and a note beside it', (text, limitPeriod, limitTimes, limitPoints) => {
    expect(readLimitText(text)).toEqual({ limitPeriod, limitTimes, limitPoints, isWhole: false });
  });
});

describe('the limits of the starter rule book', () => {
  const starter = readFileSync(new URL('../../../db/starter/rules.csv', import.meta.url), 'utf8');
  const { data } = parse<{ code: string; limit: string }>(starter.trim(), { header: true });

  it('are caps but for these, which are notes: what the system does not keep', () => {
    const notes = data.flatMap(({ code, limit }) => {
      const { isWhole, limitPeriod } = readLimitText(limit);
      return isWhole ? [] : [`${code} ${limit}${limitPeriod === null ? '' : ' (in part)'}`];
    });
    expect(notes).toEqual([
      'A8 每月前10%',
      ...['B4 每场1次', 'B5 每场1次', 'B6 每场1次', 'B10 按事'],
      ...['C4 每季收种各1次', 'C5 按处,≤60/年 (in part)', 'C6 每天,≤50/季 (in part)', 'C7 清明等节点'],
      ...['D3 值守期', 'D9 按事', 'D11 每场≤20'],
      ...['F2 按证', 'F3 每人次', 'F4 每人次', 'G1 每户1次', 'H1 同一事项取最高,不累加'],
      ...['N1 每处每月1次', 'N6 每场'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { limitOf } from '../../../client/desk/rules/cap-words.ts';
import { emptyRule, fillLimit, wrongIn } from '../../../client/desk/rules/rule-form.ts';

const none = { limitPeriod: null, limitTimes: null, limitPoints: null };
const once = { ...none, limitPeriod: 'month', limitTimes: 1 } as const;

describe('what a rule says of its limit', () => {
  it.each([
    ['每月1次', once],
    ['每月一次', once],
    ['', once],
    ['不限', none],
    ['', none],
    ['年≤50(防“买分”)', { ...none, limitPeriod: 'year', limitPoints: 5000 } as const],
  ])('“%s” says what the figures say, and is no note', (limitText, fields) => {
    expect(limitOf({ limitText, ...fields }).note).toBe('');
  });

  it.each([
    ['每场1次', none],
    ['每月2次', once],
    ['每周1次', once],
    ['不限', once],
    ['每月1次', none],
    ['每天,≤50/季', { ...none, limitPeriod: 'quarter', limitPoints: 5000 } as const],
  ])('“%s” says something that nothing holds: a note', (limitText, fields) => {
    expect(limitOf({ limitText, ...fields }).note).toBe(limitText);
  });
});

describe('the limit of a rule that is written', () => {
  it('is filled in from its words, where they can be counted', () => {
    const form = { ...emptyRule(), limitText: '每季度最多 50 分', limitTimes: '3' };
    fillLimit(form);
    expect(form).toMatchObject({ limitPeriod: 'quarter', limitTimes: '', limitPoints: '50' });
    expect(wrongIn(form).limit).toBe(false);
    form.limitText = '每场1次';
    fillLimit(form);
    expect(form).toMatchObject({ limitPeriod: '', limitTimes: '', limitPoints: '' });
  });
});

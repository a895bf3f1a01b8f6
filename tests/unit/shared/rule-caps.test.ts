import { describe, expect, it } from 'vitest';
import {
  areCapsSound,
  type Cap,
  capCode,
  capOfCode,
  countsTogether,
  NO_WORDS,
  passedFigure,
  periodOf,
  wordsAskedBy,
} from '../../../shared/rules/caps.ts';
import { capOf } from '../../support/capped.ts';

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
    ['2026-07-01', 'ever', '0001-01-01', '9999-12-31'],
  ] as const)('%s in its %s is %s to %s', (day, period, first, last) => {
    expect(periodOf(day, period)).toEqual({ first, last });
  });
});

describe('the caps of a rule', () => {
  const month = capOf('month', { times: 1 });
  it.each<[string, readonly Cap[], boolean]>([
    ['none', [], true],
    ['times', [month], true],
    ['points', [capOf('year', { points: 5000 })], true],
    ['both figures', [capOf('day', { times: 1, points: 5000 })], true],
    ['several periods', [month, capOf('year', { times: 5 })], true],
    ['several scopes', [month, capOf('month', { scope: 'event', times: 1 })], true],
    ['no figure', [capOf('month', {})], false],
    ['one without a figure among others', [month, capOf('year', {})], false],
    ['no times at all', [capOf('month', { times: 0 })], false],
    ['no points at all', [capOf('month', { points: 0 })], false],
    ['points below nothing', [capOf('month', { points: -100 })], false],
    ['times, and no points at all', [capOf('month', { times: 1, points: 0 })], false],
    ['two of the same scope and period', [month, capOf('month', { points: 400 })], false],
  ])('%s: sound is %s', (_, caps, sound) => {
    expect(areCapsSound(caps)).toBe(sound);
  });

  it('are passed by the deed that does not fit whole, whichever figure it meets first', () => {
    const cap = { times: 3, points: 2000 };
    expect(passedFigure(cap, { times: 0, points: 0 }, 2000)).toBeNull();
    expect(passedFigure(cap, { times: 1, points: 1700 }, 300)).toBeNull();
    expect(passedFigure(cap, { times: 1, points: 1700 }, 301)).toBe('points');
    expect(passedFigure(cap, { times: 3, points: 300 }, 100)).toBe('times');
    expect(passedFigure({ ...cap, times: null }, { times: 30, points: 300 }, 100)).toBeNull();
    expect(passedFigure({ ...cap, points: null }, { times: 2, points: 30_000 }, 100)).toBeNull();
  });

  it('count a deduction by what it takes', () => {
    const cap = { times: null, points: 400 };
    expect(passedFigure(cap, { times: 1, points: 200 }, -200)).toBeNull();
    expect(passedFigure(cap, { times: 2, points: 400 }, -200)).toBe('points');
  });

  it('stand in the book of acts as signs, and come back from them', () => {
    for (const cap of [
      month,
      capOf('ever', { scope: 'event', points: 2000 }),
      capOf('week', { times: 2, points: 50 }),
    ])
      expect(capOfCode(capCode(cap))).toEqual(cap);
    expect(capCode(capOf('ever', { scope: 'member', times: 1 }))).toBe('ever member 1 -');
    for (const code of ['', 'month', 'fortnight household 1 -', 'month street 1 -'])
      expect(capOfCode(code)).toBeNull();
  });
});

describe('the words of a deed', () => {
  it('are asked for by the caps that count by them, and by no others', () => {
    const [ofMember, ofEvent] = [capOf('year', { scope: 'member' }), capOf('ever', { scope: 'event' })];
    expect(wordsAskedBy([])).toEqual([]);
    expect(wordsAskedBy([capOf('month', { times: 1 })])).toEqual([]);
    expect(wordsAskedBy([ofEvent])).toEqual(['event']);
    expect(wordsAskedBy([ofEvent, ofMember, capOf('month', { scope: 'event' })])).toEqual([
      'member',
      'event',
    ]);
  });

  it.each([
    ['长子', '长 子', true],
    ['长子', '长子。', true],
    ['长子', ' “长子” ', true],
    ['A栋3号', 'ａ栋３号', true],
    ['A栋3号', 'a栋 3号', true],
    ['张家喜宴', '张家(喜宴)', true],
    ['长子', '次子', false],
    ['长子', '长子女', false],
    ['3号', '13号', false],
    ['长子', null, false],
    [null, null, true],
  ])('%s and %s are the same: %s', (one, other, same) => {
    for (const word of ['member', 'event'] as const) {
      const [first, second] = [
        { ...NO_WORDS, [word]: one },
        { ...NO_WORDS, [word]: other },
      ];
      expect(countsTogether(word, first, second)).toBe(same);
      expect(countsTogether(word, second, first)).toBe(same);
      expect(countsTogether('household', first, second)).toBe(true);
    }
  });

  it('are compared each with its own kind', () => {
    const one = { member: '长子', event: '升学' };
    expect(countsTogether('member', one, { member: '长子', event: '参军' })).toBe(true);
    expect(countsTogether('event', one, { member: '长子', event: '参军' })).toBe(false);
    expect(countsTogether('event', one, { member: '升学', event: '长子' })).toBe(false);
  });
});

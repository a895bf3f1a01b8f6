import { describe, expect, it } from 'vitest';
import { lastsAt, PACE_DAYS_LEAST } from '../../../server/fairness/pace.ts';
import { monthsLater, stretchOf, threeMonthsBefore } from '../../../server/fairness/stretch.ts';
import { AWARDS_LEAST, strikingOf } from '../../../server/fairness/striking.ts';
import {
  groupsOf,
  percentOf,
  sharesBy,
  type Summed,
  sumsOf,
  topApprover,
} from '../../../server/fairness/sum-deeds.ts';

type Made = Summed & { readonly by: string; readonly approvedBy: string | null };

const made = (figure: Made['figure'], points: number, more: Partial<Made> = {}): Made => ({
  ...{ figure, points, householdId: 'h1', by: 'zhao', approvedBy: 'wang', reversesNumber: null },
  ...more,
});
const taken = (figure: Made['figure'], points: number, more: Partial<Made> = {}) =>
  made(figure, points, { reversesNumber: 1, ...more });

describe('sums of deeds', () => {
  it('are nothing of nothing', () => {
    expect(Object.values(sumsOf([]))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(topApprover([])).toBeNull();
    expect(groupsOf([], [])).toEqual([]);
  });

  it('keep what was given, taken back and deducted apart, and count a deduction that was taken back as none', () => {
    const entries = [
      ...[made('given', 500), made('given', 300), taken('taken_back', -300)],
      ...[made('deducted', -200), made('deducted', -100), taken('deducted', 200)],
    ];
    expect(sumsOf(entries)).toEqual({
      ...{ given: 800, awards: 2, takenBack: 300, awardsTakenBack: 1 },
      ...{ deducted: 100, deductions: 2 },
    });
  });

  it('are shared out by person, most first, in percents of what was given', () => {
    const entries = [
      ...[made('given', 500, { by: 'zhao' }), made('given', 300, { by: 'li', householdId: 'h2' })],
      ...[made('given', 800, { by: 'li' }), taken('taken_back', -800, { by: 'li' })],
    ];
    const shares = sharesBy(entries, ({ by }) => by);
    expect(
      shares.map(({ id, given, takenBack, percent, households }) => [
        id,
        given,
        takenBack,
        percent,
        households,
      ]),
    ).toEqual([
      ['li', 1100, 800, 69, 2],
      ['zhao', 500, 0, 31, 1],
    ]);
  });

  it('are never rounded up to all', () => {
    expect([percentOf(998, 1000), percentOf(1000, 1000), percentOf(4, 1000), percentOf(0, 0)]).toEqual([
      99, 100, 0, 0,
    ]);
  });

  it('tell who approved most of somebody’s awards; what nobody is known to have approved counts too', () => {
    const entries = [
      ...[made('given', 900), made('given', 100, { approvedBy: null })],
      ...[made('deducted', -5000, { approvedBy: 'ma' })],
    ];
    expect(topApprover(entries)).toEqual({ id: 'wang', percent: 90 });
  });

  it('are compared by household within groups that differ in size', () => {
    const there = (id: string, group: string, wasThere = true) => ({ id, group, wasThere });
    const households = [
      ...[there('h1', '一组'), there('h2', '一组'), there('h3', '二组'), there('h4', '二组', false)],
      ...[there('h5', ''), there('h6', '三组', false)],
    ];
    const entries = [
      ...[made('given', 500), made('given', 500, { householdId: 'h2' }), taken('taken_back', -500)],
      ...[made('given', 400, { householdId: 'h3' }), made('given', 100, { householdId: 'h9' })],
    ];
    expect(
      groupsOf(entries, households).map(({ name, given, households: n, awarded, each }) => [
        name,
        given,
        n,
        awarded,
        each,
      ]),
    ).toEqual([
      ['一组', 1000, 2, 2, 250],
      ['二组', 400, 1, 1, 400],
      ['', 100, 1, 1, 100],
    ]);
  });
});

describe('what is worth a question', () => {
  const share = (id: string | null, percent: number) => ({ ...sumsOf([]), id, households: 1, percent });
  const group = (name: string, households: number, given: number) => ({
    ...sumsOf([]),
    ...{ name, households, given, awarded: households, each: Math.round(given / households) },
  });
  const even = [group('一组', 5, 5000), group('二组', 5, 5000)];
  const told = (more: Partial<Parameters<typeof strikingOf>[0]>) =>
    strikingOf({
      ...{ awards: AWARDS_LEAST, proposers: [share('a', 50)], approvers: [share('b', 80)], groups: even },
      ...{ mayPropose: 2, mayApprove: 2 },
      ...more,
    });

  it('is more than half of all by one proposer, and more than four fifths by one approver', () => {
    expect(told({})).toEqual([]);
    expect(told({ proposers: [share('a', 51)], approvers: [share('b', 81)] })).toEqual([
      { kind: 'proposer', id: 'a', name: '', percent: 51 },
      { kind: 'approver', id: 'b', name: '', percent: 81 },
    ]);
  });

  it('is no share of somebody who does it alone, or whom nobody knows, and nothing of a few awards', () => {
    const all = { proposers: [share('a', 100)], approvers: [share('b', 100)] };
    expect(told({ ...all, mayPropose: 1, mayApprove: 1 })).toEqual([]);
    expect(told({ proposers: [share(null, 100)], approvers: [] })).toEqual([]);
    expect(told({ ...all, awards: AWARDS_LEAST - 1 })).toEqual([]);
  });

  it('is a group that got less than half of the others, a household; small groups say nothing', () => {
    const behind = (households: number, given: number) =>
      told({ groups: [group('一组', households, given), group('二组', 5, 5000), group('', 9, 0)] });
    expect(behind(5, 2500)).toEqual([]);
    expect(behind(5, 2400)).toEqual([{ kind: 'group', id: null, name: '一组', percent: 48 }]);
    expect(behind(5, 0)).toEqual([{ kind: 'group', id: null, name: '一组', percent: 0 }]);
    expect(behind(2, 0)).toEqual([]);
    expect(told({ groups: [group('一组', 5, 0), group('二组', 5, 0)] })).toEqual([]);
  });
});

describe('how long the shelf lasts', () => {
  const at = { days: 73, redeemed: 24_000, stockCostFen: 25_000, pointValueFen: 100 };

  it('is the stock over the points of a month at their value, rounded down to tenths', () => {
    // 240 points in a fifth of a year are 100 points a month, 100 yuan at one yuan a point.
    expect(lastsAt(at)).toEqual({ aMonth: 10_000, monthsLeft: 2.5 });
    expect(lastsAt({ ...at, stockCostFen: 25_999 }).monthsLeft).toBe(2.5);
    expect(lastsAt({ ...at, pointValueFen: 10 }).monthsLeft).toBe(25);
    expect(lastsAt({ ...at, stockCostFen: 0 }).monthsLeft).toBe(0);
  });

  it('is not told of too few days, nor where nothing was redeemed', () => {
    const unknown = { aMonth: null, monthsLeft: null };
    expect(lastsAt({ ...at, days: PACE_DAYS_LEAST - 1 })).toEqual(unknown);
    expect(lastsAt({ ...at, days: PACE_DAYS_LEAST }).monthsLeft).not.toBeNull();
    expect(lastsAt({ ...at, redeemed: 0 })).toEqual(unknown);
    expect(lastsAt({ ...at, redeemed: -100 })).toEqual(unknown);
  });
});

describe('a stretch of months', () => {
  it('ends today, or with the end of an earlier month', () => {
    expect(stretchOf('2026-11-30', { months: 3 })).toEqual({ from: '2026-09-01', to: '2026-11-30' });
    expect(stretchOf('2026-01-05', { months: 1 })).toEqual({ from: '2026-01-01', to: '2026-01-05' });
    expect(stretchOf('2026-11-30', { months: 12, until: '2026-02' })).toEqual({
      ...{ from: '2025-03-01', to: '2026-02-28' },
    });
    expect(stretchOf('2026-11-30', { months: 3, until: '2027-05' }).to).toBe('2026-11-30');
  });

  it('goes back three months to the same date, or to the end of a shorter month', () => {
    expect(threeMonthsBefore('2026-11-19')).toBe('2026-08-19');
    expect(threeMonthsBefore('2026-05-31')).toBe('2026-02-28');
    expect(threeMonthsBefore('2028-05-30')).toBe('2028-02-29');
    expect([monthsLater('2026-11', 2), monthsLater('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });
});

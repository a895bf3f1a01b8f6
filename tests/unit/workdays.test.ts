import { describe, expect, it } from 'vitest';
import {
  countedMinutes,
  minuteOf,
  mostMinutes,
  pointsOfMinutes,
  stepOf,
} from '../../shared/workdays/hours.ts';
import { worthKindOf } from '../../shared/workdays/worth.ts';

const span = { from: minuteOf('08:00'), until: minuteOf('11:10') };
const counted = (came: string, left: string, step = 30) =>
  countedMinutes(span, { came: minuteOf(came), left: minuteOf(left) }, step);

describe('hours of a work day', () => {
  it.each([
    ['07:10', '11:00', 180],
    ['08:00', '08:14', 0],
    ['08:00', '08:15', 30],
    ['08:10', '10:40', 150],
    ['08:00', '12:30', 180],
    ['08:00', '11:20', 180],
    ['11:30', '11:50', 0],
  ])('from %s to %s are %i minutes', (came, left, minutes) => {
    expect(counted(came, left)).toBe(minutes);
  });

  it('are whole ones where the points of an hour cannot be halved', () => {
    expect([stepOf(200), stepOf(25)]).toEqual([30, 60]);
    expect([counted('08:00', '09:29', 60), counted('08:00', '09:30', 60)]).toEqual([60, 120]);
    expect([mostMinutes(span, 30), mostMinutes(span, 60)]).toEqual([210, 240]);
  });

  it('are worth the points of the rule', () => {
    expect([pointsOfMinutes(500, 90), pointsOfMinutes(200, 30)]).toEqual([750, 100]);
  });
});

describe('a rule for events', () => {
  const rule = { enabled: true, pointsMode: 'perUnit' as const, points: 200, perUnit: '小时' };
  it.each([
    [rule, 'hour'],
    [{ ...rule, perUnit: ' 小时 ' }, 'hour'],
    [{ ...rule, perUnit: '次' }, null],
    [{ ...rule, pointsMode: 'fixed' as const, perUnit: null }, 'fixed'],
    [{ ...rule, enabled: false }, null],
    [{ ...rule, points: -200 }, null],
    [{ ...rule, pointsMode: 'judged' as const }, null],
  ])('%o counts by %s', (one, kind) => {
    expect(worthKindOf(one)).toBe(kind);
  });
});

import { addDays } from '../business-day.ts';

/** The calendar periods a cap counts in. A week begins on Monday. */
export const CAP_PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

/** A cap as a rule stores it. */
export interface CapFields {
  readonly limitPeriod: CapPeriod | null;
  readonly limitTimes: number | null;
  /** Hundredths, without a sign: a deduction counts by the points it takes. */
  readonly limitPoints: number | null;
}

/** A rule allows one household so much in one calendar period; at least one of the two figures is there. */
export interface Cap {
  readonly period: CapPeriod;
  readonly times: number | null;
  readonly points: number | null;
}

/** The deeds that stand for one household under one rule in one period. */
export interface CapUse {
  readonly times: number;
  /** Hundredths, without signs. */
  readonly points: number;
}

/** The first and the last day of a period. */
export interface Span {
  readonly first: string;
  readonly last: string;
}

/** The cap of a rule; null where the rule has none. */
export function capOf({ limitPeriod, limitTimes, limitPoints }: CapFields): Cap | null {
  if (limitPeriod === null || (limitTimes === null && limitPoints === null)) return null;
  return { period: limitPeriod, times: limitTimes, points: limitPoints };
}

/** Whether a period stands with a figure, or neither does; and no figure allows nothing at all. */
export function isCapSound({ limitPeriod, limitTimes, limitPoints }: CapFields): boolean {
  const figures = [limitTimes, limitPoints].filter((figure) => figure !== null);
  if ((limitPeriod === null) !== (figures.length === 0)) return false;
  return figures.every((figure) => figure > 0);
}

/** The calendar period that a business day lies in. */
export function periodOf(day: string, period: CapPeriod): Span {
  const [year = '', month = ''] = day.split('-');
  switch (period) {
    case 'day':
      return { first: day, last: day };
    case 'week': {
      const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      const first = addDays(day, -sinceMonday);
      return { first, last: addDays(first, 6) };
    }
    case 'month':
      return monthsFrom(year, Number(month), 1);
    case 'quarter':
      return monthsFrom(year, Math.floor((Number(month) - 1) / 3) * 3 + 1, 3);
    case 'year':
      return { first: `${year}-01-01`, last: `${year}-12-31` };
  }
}

/** Which figure of the cap one more deed of these points would pass; null where the deed fits under it. */
export function passedFigure(cap: Cap, used: CapUse, points: number): 'times' | 'points' | null {
  if (cap.times !== null && used.times + 1 > cap.times) return 'times';
  if (cap.points !== null && used.points + Math.abs(points) > cap.points) return 'points';
  return null;
}

function monthsFrom(year: string, month: number, count: number): Span {
  const last = new Date(Date.UTC(Number(year), month - 1 + count, 0)).toISOString().slice(0, 10);
  return { first: `${year}-${String(month).padStart(2, '0')}-01`, last };
}

import { addDays } from '../business-day.ts';

/** The calendar periods a cap counts in. A week begins on Monday; `ever` has no end. A longer period stands after a shorter one. */
export const CAP_PERIODS = ['day', 'week', 'month', 'quarter', 'year', 'ever'] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

/**
 * The deeds of a household that a cap counts together: all of them, those of one member, or those about one event (a wedding,
 * a place, a certificate). Member and event are words that whoever proposes types; there is no register of people.
 */
export const CAP_SCOPES = ['household', 'member', 'event'] as const;
export type CapScope = (typeof CAP_SCOPES)[number];

/** Rules as villages write them have one limit or two; more cannot be told in a line. */
export const CAPS_MOST = 4;

/** A rule allows so much in one period; at least one of the two figures is there. */
export interface Cap {
  readonly period: CapPeriod;
  readonly scope: CapScope;
  readonly times: number | null;
  /** Hundredths, without a sign: a deduction counts by the points it takes. */
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

/** Words for the member and the event that a deed is about, as far as caps ask for them; null: nobody said. */
export interface DeedWords {
  readonly member: string | null;
  readonly event: string | null;
}

export const DEED_WORDS = ['member', 'event'] as const;
export const NO_WORDS: DeedWords = { member: null, event: null };

/** Whether each cap allows something, and no two count the same. */
export function areCapsSound(caps: readonly Cap[]): boolean {
  const kinds = new Set(caps.map(({ period, scope }) => `${scope} ${period}`));
  return kinds.size === caps.length && caps.every(isCapSound);
}

function isCapSound({ times, points }: Cap): boolean {
  const figures = [times, points].filter((figure) => figure !== null);
  return figures.length > 0 && figures.every((figure) => figure > 0);
}

/** The words that a deed under these caps has to say: the deeds could not be told apart without them. */
export function wordsAskedBy(caps: readonly Cap[]): readonly (keyof DeedWords)[] {
  const asked = new Set(caps.map(({ scope }) => scope));
  return DEED_WORDS.filter((word) => asked.has(word));
}

/** Whether a cap of this scope counts two deeds of a household together. */
export function countsTogether(scope: CapScope, one: DeedWords, other: DeedWords): boolean {
  return scope === 'household' || plainWord(one[scope]) === plainWord(other[scope]);
}

/** “长 子” and “长子” are the same word, and so are “A” and “ａ”. */
function plainWord(word: string | null): string {
  return (word ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '');
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
    case 'ever':
      return { first: '0001-01-01', last: '9999-12-31' };
  }
}

/** Which figure of the cap one more deed of these points would pass; null where the deed fits under it. */
export function passedFigure(
  cap: Pick<Cap, 'times' | 'points'>,
  used: CapUse,
  points: number,
): 'times' | 'points' | null {
  if (cap.times !== null && used.times + 1 > cap.times) return 'times';
  if (cap.points !== null && used.points + Math.abs(points) > cap.points) return 'points';
  return null;
}

/** A cap that lets through fewer is full or empty, and never near its end. */
const NEAR_LEAST_TIMES = 3;
/** A deed comes near a cap when no more than this part of it is left after it. */
const LEFT_NEAR = 0.2;

/** The figure of a cap of which little is left after this deed, which does not pass it; null: of none. */
export function nearFigure(
  cap: Pick<Cap, 'times' | 'points'>,
  used: CapUse,
  points: number,
): 'times' | 'points' | null {
  if (passedFigure(cap, used, points) !== null) return null;
  const isNear = (most: number, taken: number) => most - taken <= most * LEFT_NEAR;
  if (cap.times !== null && cap.times >= NEAR_LEAST_TIMES && isNear(cap.times, used.times + 1))
    return 'times';
  // One deed that fills the cap alone came near nothing before.
  if (cap.points !== null && used.points > 0 && isNear(cap.points, used.points + Math.abs(points)))
    return 'points';
  return null;
}

/** A cap in one line of signs, for the book of acts: `month household 1 -`. Points are hundredths. */
export function capCode({ period, scope, times, points }: Cap): string {
  return [period, scope, times ?? '-', points ?? '-'].join(' ');
}

/** The cap of such a line; null where it is none. */
export function capOfCode(code: string): Cap | null {
  const [periodText, scopeText, times = '', points = ''] = code.split(' ');
  const period = CAP_PERIODS.find((one) => one === periodText);
  const scope = CAP_SCOPES.find((one) => one === scopeText);
  if (period === undefined || scope === undefined) return null;
  return { period, scope, times: figureOf(times), points: figureOf(points) };
}

function figureOf(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function monthsFrom(year: string, month: number, count: number): Span {
  const last = new Date(Date.UTC(Number(year), month - 1 + count, 0)).toISOString().slice(0, 10);
  return { first: `${year}-${String(month).padStart(2, '0')}-01`, last };
}

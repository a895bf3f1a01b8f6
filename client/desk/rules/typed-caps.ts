import { type Cap, CAPS_MOST, type CapPeriod, type CapScope } from '../../../shared/rules/caps.ts';
import { formatHundredths, parseHundredths } from '../../../shared/points.ts';

/** A cap as it is typed: figures are text until they are read. */
export interface TypedCap {
  readonly period: CapPeriod;
  readonly scope: CapScope;
  readonly times: string;
  readonly points: string;
}

export const EMPTY_CAP: TypedCap = { period: 'month', scope: 'household', times: '', points: '' };

export function typedCap({ period, scope, times, points }: Cap): TypedCap {
  return {
    ...{ period, scope },
    times: times === null ? '' : String(times),
    points: points === null ? '' : formatHundredths(points),
  };
}

/** `nothing`: neither figure is there; `twin`: an earlier cap counts the same. */
export type CapFault = 'nothing' | 'times' | 'points' | 'twin';

/** Says what is wrong with a typed cap among the others; null where nothing is. */
export function faultOf(caps: readonly TypedCap[], index: number): CapFault | null {
  const cap = caps[index];
  if (cap === undefined) return null;
  const times = cap.times.trim();
  const points = cap.points.trim();
  if (times === '' && points === '') return 'nothing';
  if (times !== '' && !isCount(times)) return 'times';
  if (points !== '' && (parseHundredths(points) ?? 0) <= 0) return 'points';
  const isTwin = caps
    .slice(0, index)
    .some(({ period, scope }) => period === cap.period && scope === cap.scope);
  return isTwin ? 'twin' : null;
}

export function areCapsTyped(caps: readonly TypedCap[]): boolean {
  return caps.every((_, index) => faultOf(caps, index) === null);
}

/** The caps that are kept; a figure that is none is left out. */
export function capsOf(typed: readonly TypedCap[]): Cap[] {
  return typed.map(({ period, scope, times, points }) => ({
    ...{ period, scope },
    times: isCount(times.trim()) ? Number(times) : null,
    points: parseHundredths(points),
  }));
}

/** The field of the form beside which the server's refusal of one figure of one cap stands. */
export const CAP_FIELDS: Readonly<Record<string, 'caps'>> = Object.fromEntries(
  Array.from({ length: CAPS_MOST }, (_, index) =>
    ['period', 'scope', 'times', 'points'].map((name) => [`caps.${String(index)}.${name}`, 'caps'] as const),
  ).flat(),
);

function isCount(text: string): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000;
}

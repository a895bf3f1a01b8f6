import type { Format } from '../i18n/format.ts';
import type { Board } from './composables/useBoard.ts';

type Worth = Pick<Board['rules'][number], 'points' | 'pointsMin' | 'pointsMax' | 'perUnit'>;

/** The worth of a deed under a rule: "+5", "+5/小时", "+3 ~ +20". */
export function worthInFigures(
  { points, pointsMin, pointsMax, perUnit }: Worth,
  format: Pick<Format, 'signedPoints'>,
): string {
  if (points !== null) return format.signedPoints(points) + (perUnit ? `/${perUnit}` : '');
  return [pointsMin, pointsMax]
    .filter((figure) => figure !== null)
    .map((figure) => format.signedPoints(figure))
    .join(' ~ ');
}

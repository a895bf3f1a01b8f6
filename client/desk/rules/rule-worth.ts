import type { Rule } from '../../../shared/rules/contract.ts';
import type { Format } from '../../i18n/format.ts';

export type RuleFigures = Pick<Rule, 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit'>;

/** Whether a deed under the rule takes points away. */
export function isDeduction({ points, pointsMin, pointsMax }: RuleFigures): boolean {
  return [points, pointsMin, pointsMax].some((figure) => figure !== null && figure < 0);
}

/** The worth of a deed in figures: "+5", "+5/小时", "+3 ~ +20"; empty where only judges can tell. */
export function worthInFigures(rule: RuleFigures, format: Format): string {
  const { points, pointsMin, pointsMax, perUnit } = rule;
  if (points !== null)
    return format.signedPoints(points) + (perUnit === null || perUnit === '' ? '' : `/${perUnit}`);
  if (pointsMin !== null && pointsMax !== null) {
    return `${format.signedPoints(pointsMin)} ~ ${format.signedPoints(pointsMax)}`;
  }
  return '';
}

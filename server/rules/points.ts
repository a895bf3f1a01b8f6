import type { Rule } from '../../shared/rules/contract.ts';
import { Refusal } from '../../shared/errors.ts';

/** The limit if neither rule nor village sets one: no single deed moves more than a thousand points. */
export const POINTS_MOST = 100_000;

export type RulePoints = Pick<Rule, 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit'>;

/** Refuses a rule whose figures do not fit its mode. */
export function checkRulePoints(rule: RulePoints): void {
  const { pointsMode, points, pointsMin, pointsMax, perUnit } = rule;
  const figures = [points, pointsMin, pointsMax].filter((figure) => figure !== null);
  const isBounded = figures.every((figure) => Math.abs(figure) <= POINTS_MOST);
  const isSigned = !(figures.some((figure) => figure > 0) && figures.some((figure) => figure < 0));
  const isOrdered = pointsMin === null || pointsMax === null || pointsMin <= pointsMax;
  const fits: Record<typeof pointsMode, () => boolean> = {
    fixed: () => points !== null && points !== 0 && pointsMin === null && pointsMax === null,
    range: () => points === null && pointsMin !== null && pointsMax !== null && pointsMin < pointsMax,
    perUnit: () => points !== null && points !== 0 && perUnit !== null && perUnit !== '',
    judged: () => points === null,
    none: () => figures.length === 0,
  };
  const needsNoUnit = pointsMode !== 'perUnit' && perUnit !== null;
  if (!isBounded || !isSigned || !isOrdered || needsNoUnit || !fits[pointsMode]()) {
    throw new Refusal('rule.points', { mode: pointsMode });
  }
}

/**
 * The points of one deed under a rule: its figure where the rule fixes one, else what the proposer gives, if the
 * rule allows it. Hundredths, signed; never 0.
 */
export function pointsFor(rule: RulePoints, given: number | undefined): number {
  const allowed = allowedPoints(rule);
  const points = given ?? (rule.pointsMode === 'fixed' ? rule.points : null);
  if (allowed === null || points === null || points === 0)
    throw new Refusal('rule.points', { mode: rule.pointsMode });
  const { least, most, step } = allowed;
  if (points < least || points > most || points % step !== 0) {
    throw new Refusal('rule.points', { mode: rule.pointsMode, least, most, step });
  }
  return points;
}

interface Allowed {
  readonly least: number;
  readonly most: number;
  /** Every figure is a multiple of it. */
  readonly step: number;
}

/** The points that one deed under a rule may have; null: none. */
export function allowedPoints(rule: RulePoints): Allowed | null {
  const { pointsMode, points, pointsMin, pointsMax } = rule;
  const isNegative = [points, pointsMin, pointsMax].some((figure) => figure !== null && figure < 0);
  const isPositive = [points, pointsMin, pointsMax].some((figure) => figure !== null && figure > 0);
  // A judged rule may name neither sign nor bounds (冲回原分): then both signs are open.
  const least = pointsMin ?? (isPositive ? 0 : -POINTS_MOST);
  const most = pointsMax ?? (isNegative ? 0 : POINTS_MOST);
  switch (pointsMode) {
    case 'none':
      return null;
    case 'fixed':
      return points === null ? null : { least: points, most: points, step: 1 };
    case 'perUnit': {
      if (points === null) return null;
      const unit = Math.abs(points);
      // Half an hour counts half.
      return { least, most, step: unit % 2 === 0 ? unit / 2 : unit };
    }
    case 'range':
    case 'judged':
      return { least, most, step: 1 };
  }
}

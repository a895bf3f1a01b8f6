import type { Rule } from '../../shared/rules/contract.ts';
import { areOptionsSound, OPTIONS_LEAST, OPTIONS_MOST, optionText } from '../../shared/rules/options.ts';
import { Refusal } from '../../shared/errors.ts';

/** The limit if neither rule nor village sets one: no single deed moves more than a thousand points. */
export const POINTS_MOST = 100_000;

export type RulePoints = Pick<
  Rule,
  'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit' | 'options'
>;

/** Refuses a rule whose figures do not fit its mode. */
export function checkRulePoints(rule: RulePoints): void {
  const { pointsMode, points, pointsMin, pointsMax, perUnit, options } = rule;
  const figures = [points, pointsMin, pointsMax].filter((figure) => figure !== null);
  const all = [...figures, ...options.map((option) => option.points)];
  const isBounded = all.every((figure) => Math.abs(figure) <= POINTS_MOST);
  const isSigned = !(figures.some((figure) => figure > 0) && figures.some((figure) => figure < 0));
  const isOrdered = pointsMin === null || pointsMax === null || pointsMin <= pointsMax;
  const fits: Record<typeof pointsMode, () => boolean> = {
    fixed: () => points !== null && points !== 0 && pointsMin === null && pointsMax === null,
    range: () => points === null && pointsMin !== null && pointsMax !== null && pointsMin < pointsMax,
    perUnit: () => points !== null && points !== 0 && perUnit !== null && perUnit !== '',
    list: () => figures.length === 0,
    judged: () => points === null,
    none: () => figures.length === 0,
  };
  const needsNoUnit = pointsMode !== 'perUnit' && perUnit !== null;
  const needsNoOptions = pointsMode !== 'list' && options.length > 0;
  const isBare = !needsNoUnit && !needsNoOptions;
  if (!isBounded || !isSigned || !isOrdered || !isBare || !fits[pointsMode]()) {
    throw new Refusal('rule.points', { mode: pointsMode });
  }
  if (pointsMode === 'list' && !areOptionsSound(options))
    throw new Refusal('rule.options_incomplete', { least: OPTIONS_LEAST, most: OPTIONS_MOST });
}

/** The worth of one deed: its points, hundredths and signed, and the option that it is, where the rule names several. */
interface DeedWorth {
  readonly points: number;
  readonly option: string | null;
}

/** The worth of a deed by what the proposer said of it. Under a list it is exactly one of the options, named or told by its points. */
export function worthOfDeed(
  rule: RulePoints & Pick<Rule, 'code' | 'title'>,
  said: { readonly points?: number | undefined; readonly option?: string | undefined },
): DeedWorth {
  if (rule.pointsMode !== 'list') return { points: pointsFor(rule, said.points), option: null };
  const { code, title, options } = rule;
  const [only, ...others] = options.filter(
    ({ name, points }) =>
      (said.option === undefined || said.option === name) &&
      (said.points === undefined || said.points === points),
  );
  if (only === undefined || others.length > 0)
    throw new Refusal('rule.option_missing', { code, title, options: options.map(optionText).join('\n') });
  return { points: only.points, option: only.name };
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
  const { pointsMode, points, pointsMin, pointsMax, options } = rule;
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
    case 'list': {
      const figures = options.map((option) => option.points);
      return { least: Math.min(...figures), most: Math.max(...figures), step: 1 };
    }
    case 'range':
    case 'judged':
      return { least, most, step: 1 };
  }
}

import type { RuleOption } from './options.ts';

/** The figures of a rule in hundredths of a point. `points` is set where a deed has one worth, `options` where it has one of several. */
interface Worth {
  readonly points: number | null;
  readonly pointsMin: number | null;
  readonly pointsMax: number | null;
  readonly options: readonly RuleOption[];
}

/** Whether a deed under the rule takes points away. */
export function isDeduction({ points, pointsMin, pointsMax, options }: Worth): boolean {
  // Either all options give points or all take them.
  const figures = [points, pointsMin, pointsMax, options[0]?.points ?? null];
  return figures.some((figure) => figure !== null && figure < 0);
}

/** Whether a deed under the rule may take points away: judges decide it where the rule names no figure at all (冲回原分). */
export function mayDeduct(rule: Worth & { readonly pointsMode: string }): boolean {
  const isOpen = rule.pointsMode === 'judged' && rule.pointsMin === null && rule.pointsMax === null;
  return isOpen || isDeduction(rule);
}

/** Whether a deed under the rule gives points, as far as its figures promise. */
export function isAward(rule: Worth): boolean {
  return (rule.points ?? rule.options[0]?.points ?? boundsOf(rule)?.[1] ?? 0) > 0;
}

/**
 * The least and the most that a deed is worth where judges decide. A rule that only names its most begins at zero,
 * and a deduction that only names its least ends there. Null where a figure alone would promise something.
 */
export function boundsOf({ pointsMin, pointsMax }: Worth): readonly [number, number] | null {
  const least = pointsMin ?? ((pointsMax ?? 0) > 0 ? 0 : null);
  const most = pointsMax ?? ((pointsMin ?? 0) < 0 ? 0 : null);
  return least === null || most === null ? null : [least, most];
}

/** The worth of a deed in figures: "+5", "+5/小时", "+3 ~ +20", "中职 +3 / 本科 +5"; empty where only judges can tell. */
export function worthInFigures(
  rule: Worth & { readonly perUnit: string | null },
  format: { readonly signedPoints: (hundredths: number) => string },
): string {
  if (rule.points !== null)
    return format.signedPoints(rule.points) + (rule.perUnit ? `/${rule.perUnit}` : '');
  if (rule.options.length > 0)
    return rule.options.map(({ name, points }) => `${name} ${format.signedPoints(points)}`).join(' / ');
  return (
    boundsOf(rule)
      ?.map((bound) => format.signedPoints(bound))
      .join(' ~ ') ?? ''
  );
}

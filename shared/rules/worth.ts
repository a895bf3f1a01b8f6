/** The figures of a rule in hundredths of a point. `points` is set where a deed has one worth. */
interface Worth {
  readonly points: number | null;
  readonly pointsMin: number | null;
  readonly pointsMax: number | null;
}

/** Whether a deed under the rule takes points away. */
export function isDeduction({ points, pointsMin, pointsMax }: Worth): boolean {
  return [points, pointsMin, pointsMax].some((figure) => figure !== null && figure < 0);
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

/** The worth of a deed in figures: "+5", "+5/小时", "+3 ~ +20"; empty where only judges can tell. */
export function worthInFigures(
  rule: Worth & { readonly perUnit: string | null },
  format: { readonly signedPoints: (hundredths: number) => string },
): string {
  if (rule.points !== null)
    return format.signedPoints(rule.points) + (rule.perUnit ? `/${rule.perUnit}` : '');
  return (
    boundsOf(rule)
      ?.map((bound) => format.signedPoints(bound))
      .join(' ~ ') ?? ''
  );
}

import type { ScoresReading } from '../../shared/imports/papers.ts';
import type { ScoreSum } from '../../shared/imports/score-rows.ts';
import { formatHundredths } from '../../shared/points.ts';
import type { TriedDeed } from '../proposals/index.ts';
import type { Against, MeantDeed } from './score-deed.ts';

/** Compares the sums of the paper with the points of the deeds, and names those that differ. */
export function compareSums(
  { sums, problems }: ScoresReading,
  meant: readonly MeantDeed[],
  tried: readonly TriedDeed[],
  { addAt }: Against,
): void {
  const points = new Map(meant.map(({ row }, index) => [keyOf(row), tried[index]?.points ?? null]));
  // If a cell could not be read, the sum would be named for nothing.
  const unread = new Set(
    problems.flatMap(({ severity, sheet, row }) => (severity === 'error' ? [`${sheet}!${String(row)}`] : [])),
  );
  for (const sum of sums) {
    const { sheet, sourceRow, cell, column, deeds, written } = sum;
    const parts = deeds.map((deed) => points.get(keyOf({ sheet, cell: deed })) ?? null);
    if (parts.includes(null) || unread.has(`${sheet}!${String(sourceRow)}`)) continue;
    const found = summed(
      sum,
      parts.map((part) => part ?? 0),
    );
    // Deductions are written with a minus in some papers, without one in others.
    if (sum.of === 'losses' ? Math.abs(written) === Math.abs(found) : written === found) continue;
    const value = formatHundredths(written);
    addAt('error', 'village_score_sum', { sheet, row: sourceRow, cell, column, value }, { sum: found });
  }
}

function summed({ of }: ScoreSum, points: readonly number[]): number {
  return points
    .filter((one) => of === 'all' || (of === 'gains' ? one > 0 : one < 0))
    .reduce((sum, one) => sum + one, 0);
}

function keyOf({ sheet, cell }: { readonly sheet: string; readonly cell: string }): string {
  return `${sheet}!${cell}`;
}

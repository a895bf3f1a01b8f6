import { type Band, JUDGES_LEAST, MARK_STEP, type Marks } from './states.ts';

/** The total of a judge's marks for one household; null where it was not marked. */
export function totalOf(marks: Marks): number | null {
  return marks === null ? null : marks.reduce((sum, mark) => sum + mark, 0);
}

/** The mean of totals to the half point, a quarter rounded up: 90, 91 and 91.5 make 91. All in hundredths, whole numbers. */
export function meanToHalf(totals: readonly number[]): number {
  const sum = totals.reduce((all, total) => all + total, 0);
  // In whole numbers: floor(mean / step + 1/2).
  return Math.floor((2 * sum + MARK_STEP * totals.length) / (2 * MARK_STEP * totals.length)) * MARK_STEP;
}

/** A total is far from another if at least this part of the full mark lies between. */
const FAR_PART = 10;

/**
 * The judge whose total stands apart: a tenth of the full mark or more from both others, while those are nearer to each
 * other. Null where there is none, and where fewer than three marked: of two nobody can say which is apart.
 */
export function standsApart(totals: readonly (number | null)[], full: number): number | null {
  const isFar = (one: number, other: number) => Math.abs(one - other) * FAR_PART >= full;
  const [a, b, c] = totals;
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number') return null;
  const far = [isFar(b, c), isFar(a, c), isFar(a, b)];
  const [near] = far.flatMap((is, index) => (is ? [] : [index]));
  return near === undefined || far.filter(Boolean).length !== 2 ? null : near;
}

export interface RoundResult {
  /** By judge; null: not marked. */
  readonly totals: readonly (number | null)[];
  /** Null: too few judges marked it. */
  readonly mean: number | null;
  readonly least: number | null;
  readonly most: number | null;
  /** The place of the judge whose total stands apart. */
  readonly apart: number | null;
}

/** The result of one household. A total that stands apart is shown, and counts like the others. */
export function resultOf(totals: readonly (number | null)[], full: number): RoundResult {
  const marked = totals.filter((total) => total !== null);
  const isMarked = marked.length >= JUDGES_LEAST;
  return {
    totals,
    mean: isMarked ? meanToHalf(marked) : null,
    least: marked.length > 0 ? Math.min(...marked) : null,
    most: marked.length > 0 ? Math.max(...marked) : null,
    apart: standsApart(totals, full),
  };
}

/** The band of a result: the highest that it reaches; undefined: it reaches none, or there is no result. */
export function bandOf(mean: number | null, bands: readonly Band[]): Band | undefined {
  return mean === null ? undefined : bands.find(({ least }) => mean >= least);
}

/** Bands go down, and each can be reached. */
export function areBandsSound(bands: readonly Band[], full: number): boolean {
  return bands.every(({ least }, index) => {
    const above = bands[index - 1];
    return least <= full && (above === undefined || least < above.least);
  });
}

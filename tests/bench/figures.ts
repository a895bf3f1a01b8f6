/** What is to be reached, judged by the middle of the rounds or by the part of them that `judgedAt` says. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** One measured figure: a value for each round, and what it was made of in words. */
export interface Figure {
  readonly what: string;
  /** × is a ratio to a reference of the same run. */
  readonly unit: '×' | 's' | 'ms' | 'MB' | '/s' | '';
  readonly values: readonly number[];
  /** Left out: shown, and not judged. */
  readonly aim?: Aim;
  /** The figure is the value that this part of the rounds does not pass; half of them when left out. */
  readonly judgedAt?: number;
  /** What ours and the reference came to, middle of the rounds. */
  readonly ours?: string;
  readonly reference?: string;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** How it was measured, in a sentence or two. */
  readonly how: string;
  /** What stands in the way of an aim that is not reached. */
  readonly remarks?: readonly string[];
}

export interface Bench extends Section {
  measure(options: BenchOptions): Promise<readonly Figure[]>;
}

export interface BenchOptions {
  /** Short rounds and small books: to see that it runs, not to be believed. */
  readonly quick: boolean;
  /** Minutes of load, for those that last. */
  readonly minutes: number;
  readonly say: (text: string) => void;
}

/** Rounds of a reference and of ours in turn, so that what the machine does meanwhile falls on both. */
export async function inTurn<T>(
  rounds: number,
  reference: () => Promise<T>,
  ours: () => Promise<T>,
): Promise<{ reference: T[]; ours: T[] }> {
  const found: { reference: T[]; ours: T[] } = { reference: [], ours: [] };
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0;
    if (first) found.reference.push(await reference());
    found.ours.push(await ours());
    if (!first) found.reference.push(await reference());
  }
  return found;
}

/** A ratio a round, with both sides' middle in words. */
export function ratioFigure(
  what: string,
  { reference, ours }: { reference: readonly number[]; ours: readonly number[] },
  unit: string,
  aim?: Aim,
): Figure {
  return {
    what,
    unit: '×',
    values: ours.map((value, round) => value / (reference[round] ?? Number.NaN)),
    ours: amount(middle(ours), unit),
    reference: amount(middle(reference), unit),
    ...(aim ? { aim } : {}),
  };
}

export function middle(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that this part of all values does not pass, by the nearest rank. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** The one value that stands for a figure. */
export function judged({ values, judgedAt = 0.5 }: Figure): number {
  return quantile(values, judgedAt);
}

export function isReached(figure: Figure): boolean | null {
  const { aim } = figure;
  if (!aim) return null;
  const value = judged(figure);
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost;
}

/** Three figures that count; thousands apart. */
export function amount(value: number, unit: string): string {
  const text =
    Math.abs(value) >= 100
      ? Math.round(value).toLocaleString('en-US')
      : value.toLocaleString('en-US', { maximumSignificantDigits: 3, useGrouping: false });
  if (unit === '' || unit === '×' || unit === '/s') return unit === '×' ? text : `${text}${unit}`;
  return `${text} ${unit}`;
}

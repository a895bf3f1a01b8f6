/** The value to reach. `judged` compares it with the median of the rounds, or with the quantile `judgedAt`. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** One measured figure with a value for each round. */
export interface Figure {
  readonly what: string;
  /** × is the ratio to a reference measured in the same run. */
  readonly unit: '×' | 's' | 'ms' | 'µs' | 'MB' | '/s' | '';
  readonly values: readonly number[];
  /** A figure without an aim is shown but not judged. */
  readonly aim?: Aim;
  /** The quantile of the rounds that counts. The default is the median. */
  readonly judgedAt?: number;
  /** The medians of our side and of the reference, in words. */
  readonly ours?: string;
  readonly reference?: string;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** How it was measured, in a sentence or two. */
  readonly how: string;
  /** They explain why an aim is not reached. */
  readonly remarks?: readonly string[];
}

export interface Bench extends Section {
  measure(options: BenchOptions): Promise<readonly Figure[]>;
}

export interface BenchOptions {
  /** Runs short rounds on small books. It shows that the benchmark works, and its figures mean nothing. */
  readonly quick: boolean;
  /** Minutes of load in the benchmarks that run for a given time. */
  readonly minutes: number;
  readonly say: (text: string) => void;
}

/** Measures all of these in turn, so that other load on the machine affects each. Every other round goes backwards. */
export async function allInTurn<Name extends string, T>(
  rounds: number,
  acts: Readonly<Record<Name, () => Promise<T>>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(acts) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : names.toReversed()) found[name].push(await acts[name]());
  return found;
}

export function inTurn<T>(
  rounds: number,
  reference: () => Promise<T>,
  ours: () => Promise<T>,
): Promise<{ reference: T[]; ours: T[] }> {
  return allInTurn(rounds, { reference, ours });
}

/** A figure of one ratio a round, with the medians of both sides in words. */
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

/** The quantile `part` of the values, by the nearest rank. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** The quantile of a figure that its aim is compared with. */
export function judged({ values, judgedAt = 0.5 }: Figure): number {
  return quantile(values, judgedAt);
}

export function isReached(figure: Figure): boolean | null {
  const { aim } = figure;
  if (!aim) return null;
  const value = judged(figure);
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost;
}

/** Three significant digits, with separated thousands. */
export function amount(value: number, unit: string): string {
  const text =
    Math.abs(value) >= 100
      ? Math.round(value).toLocaleString('en-US')
      : value.toLocaleString('en-US', { maximumSignificantDigits: 3, useGrouping: false });
  if (unit === '' || unit === '×' || unit === '/s') return unit === '×' ? text : `${text}${unit}`;
  return `${text} ${unit}`;
}

import { formatHundredths } from '../points.ts';

/** One of several things that a rule names, each with its own points: 本科, +5. A deed is about one of them. */
export interface RuleOption {
  readonly name: string;
  /** Hundredths; negative for a deduction. */
  readonly points: number;
}

export const OPTIONS_LEAST = 2;
export const OPTIONS_MOST = 20;
export const OPTION_LETTERS_MOST = 20;

/** Whether there are enough to choose from, no two have the same name, and either all give points or all take them. */
export function areOptionsSound(options: readonly RuleOption[]): boolean {
  const isCounted = options.length >= OPTIONS_LEAST && options.length <= OPTIONS_MOST;
  const names = new Set(options.map(({ name }) => plainName(name)));
  const isSigned = options.every(({ points }) => points > 0) || options.every(({ points }) => points < 0);
  return isCounted && isSigned && names.size === options.length;
}

/** “本 科” and “本科” are the same name, and so are “A” and “ａ”. */
export function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
}

/** "本科 +5", in signs that are read in any language: for the book of acts and for refusals. */
export function optionText({ name, points }: RuleOption): string {
  return `${name} ${points > 0 ? '+' : ''}${formatHundredths(points)}`;
}

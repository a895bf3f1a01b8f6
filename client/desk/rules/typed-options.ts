import { areOptionsSound, OPTIONS_MOST, plainName, type RuleOption } from '../../../shared/rules/options.ts';
import { formatHundredths, parseHundredths } from '../../../shared/points.ts';

/** An option as it is typed: its figure is text until it is read. */
export interface TypedOption {
  readonly name: string;
  readonly points: string;
}

const EMPTY_OPTION: TypedOption = { name: '', points: '' };
/** A list begins with two, because one alone is no list. */
export const EMPTY_OPTIONS: readonly TypedOption[] = [EMPTY_OPTION, EMPTY_OPTION];

export function typedOption({ name, points }: RuleOption): TypedOption {
  return { name, points: formatHundredths(points) };
}

/** `twin`: an earlier option has the same name; `sign`: the first one gives points and this one takes them, or the other way round. */
export type OptionFault = 'name' | 'twin' | 'points' | 'sign';

/** Says what is wrong with a typed option among the others; null where nothing is. */
export function faultOfOption(options: readonly TypedOption[], index: number): OptionFault | null {
  const option = options[index];
  if (option === undefined) return null;
  const name = plainName(option.name);
  if (name === '') return 'name';
  if (options.slice(0, index).some((one) => plainName(one.name) === name)) return 'twin';
  const points = parseHundredths(option.points) ?? 0;
  if (points === 0) return 'points';
  const first = parseHundredths(options[0]?.points ?? '') ?? 0;
  return first * points < 0 ? 'sign' : null;
}

/** Whether the options can be sent: each is whole, and there are enough to choose from. */
export function areOptionsTyped(options: readonly TypedOption[]): boolean {
  const isEachWhole = options.every((_, index) => faultOfOption(options, index) === null);
  return isEachWhole && areOptionsSound(optionsOf(options));
}

/** The options that are sent. A figure that cannot be read is nothing, which the form refuses before. */
export function optionsOf(typed: readonly TypedOption[]): RuleOption[] {
  return typed.map(({ name, points }) => ({ name: name.trim(), points: parseHundredths(points) ?? 0 }));
}

/** The field of the form beside which the server's refusal of one option stands. */
export const OPTION_FIELDS: Readonly<Record<string, 'options'>> = Object.fromEntries(
  Array.from({ length: OPTIONS_MOST }, (_, index) =>
    ['name', 'points'].map((name) => [`options.${String(index)}.${name}`, 'options'] as const),
  ).flat(),
);

/** The same options with another empty one. */
export function withAnother(options: readonly TypedOption[]): readonly TypedOption[] {
  return [...options, EMPTY_OPTION];
}

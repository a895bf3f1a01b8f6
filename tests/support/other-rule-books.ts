/**
 * How a person reads the limits and points of two other villages' rule books (tests/fixtures/rule-books). The books and these
 * readings were written before anybody looked at what the program makes of them.
 */

/** A cap in a few signs: whose deeds, in which period, how many times (x) or points (p). `ask`: a person has to settle it. */
export type CapInShort =
  | `${'household' | 'member' | 'event'} ${'day' | 'week' | 'month' | 'quarter' | 'year' | 'ever'} ${number}${'x' | 'p'}`
  | 'ask';

/** Points in a few signs: `5`, `2/小时`, `10..30`, or the points of the options in their order. */
export type WorthInShort = `${number}` | `${number}/${string}` | `${number}..${number}` | readonly number[];

export interface RuleInShort {
  readonly code: string;
  readonly worth: WorthInShort;
  readonly caps: readonly CapInShort[];
}

const rule = (code: string, worth: WorthInShort, ...caps: CapInShort[]): RuleInShort => ({
  code,
  worth,
  caps,
});

export const MOUNTAIN: readonly RuleInShort[] = [
  rule('环1', '4', 'household month 1x'),
  rule('环2', '3', 'household quarter 2x'),
  rule('环3', '25', 'household ever 1x'),
  rule('环4', '1/10个', 'household month 6p'),
  rule('环5', '4', 'event week 1x'),
  rule('环6', '2', 'household week 2x'),
  rule('环7', '20', 'ask'),
  rule('孝1', '8', 'member quarter 1x'),
  rule('孝2', '3', 'household year 1x'),
  rule('孝3', '15', 'household year 2x'),
  rule('孝4', '5', 'household year 10p'),
  rule('俗1', '60', 'event ever 1x'),
  rule('俗2', '30', 'event ever 1x'),
  rule('俗3', '2/小时', 'event ever 12p'),
  rule('俗4', '3', 'ask'),
  rule('林1', '6', 'household day 1x', 'household year 90p'),
  rule('林2', '10..30', 'event ever 1x'),
  rule('林3', '4', 'household quarter 5x'),
  rule('林4', '5', 'household month 4x', 'household year 20x'),
  rule('力1', '8/天', 'ask'),
  rule('力2', '20', 'event ever 1x'),
  rule('力3', '2', 'household day 1x', 'household month 6x'),
  rule('力4', '4', 'household month 16p'),
  rule('力5', '2', 'event ever 1x'),
  rule('力6', '6', 'household quarter 12p'),
  rule('学1', [5, 10, 20, 30], 'member year 1x'),
  rule('学2', '4', 'member year 3x'),
  rule('学3', '3', 'ask'),
  rule('学4', '3', 'ask'),
  rule('荣1', [30, 20, 10], 'ask'),
  rule('荣2', '20', 'ask'),
  rule('荣3', '30', 'member ever 1x'),
  rule('提1', '-3', 'household month 2x'),
  rule('提2', '-8'),
  rule('提3', '-5'),
  rule('提4', '-1', 'ask'),
];

export const PLAIN: readonly RuleInShort[] = [
  rule('1-1', '5', 'household month 1x'),
  rule('1-2', '3', 'household month 1x'),
  rule('1-3', '8', 'household year 1x'),
  rule('1-4', '15', 'household quarter 1x'),
  rule('1-5', '10', 'ask'),
  rule('1-6', '20', 'event ever 1x', 'household year 60p'),
  rule('2-1', '3', 'household month 2x'),
  rule('2-2', '10', 'ask'),
  rule('2-3', '20', 'household year 1x'),
  rule('2-4', '3'),
  rule('2-5', '2', 'household month 10p'),
  rule('3-1', '80', 'event ever 1x'),
  rule('3-2', '20', 'event ever 1x'),
  rule('3-3', '3/半天', 'event ever 9p', 'household month 27p'),
  rule('3-4', '5', 'household year 4x'),
  rule('4-1', '6', 'household day 1x', 'household year 30x'),
  rule('4-2', '5', 'household week 2x'),
  rule('4-3', '4', 'household quarter 3x'),
  rule('4-4', '3', 'household month 15p'),
  rule('4-5', '3', 'household month 8x'),
  rule('4-6', '10', 'household year 2x'),
  rule('4-7', '4', 'household quarter 20p'),
  rule('4-8', '2', 'household month 4x'),
  rule('5-1', '1', 'event ever 1x'),
  rule('5-2', '5', 'household quarter 3x'),
  rule('5-3', '2/百元', 'household year 40p'),
  rule('5-4', '10/天', 'ask'),
  rule('6-1', [5, 8, 15, 25], 'ask'),
  rule('6-2', '20', 'member ever 1x'),
  rule('6-3', '2', 'household week 1x', 'household month 3x'),
  rule('6-4', '15', 'event ever 1x'),
  rule('7-1', [50, 30, 20, 15, 8], 'event ever 1x'),
  rule('8-1', '-2', 'household month 1x'),
  rule('8-2', '-10'),
  rule('8-3', '-20', 'event ever 1x'),
  rule('8-4', '-3', 'household year 12p'),
  rule('8-5', '-1'),
];

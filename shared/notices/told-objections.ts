import type { ObjectionTally } from './public-notice.ts';

const KINDS = [
  'open',
  'upheld',
  'partly',
  'rejected',
  'withdrawn',
] as const satisfies (keyof ObjectionTally)[];
type Kind = (typeof KINDS)[number];

interface ToldObjections {
  /** All of them together. */
  readonly n: number;
  /** Those that there are, in the order in which they are told. */
  readonly kinds: readonly { readonly kind: Kind; readonly n: number }[];
}

/** The figures in which board, preview and paper tell of the objections to a notice; null without any. */
export function toldObjections(tally: ObjectionTally): ToldObjections | null {
  const kinds = KINDS.map((kind) => ({ kind, n: tally[kind] })).filter(({ n }) => n > 0);
  return kinds.length === 0 ? null : { n: kinds.reduce((sum, { n }) => sum + n, 0), kinds };
}

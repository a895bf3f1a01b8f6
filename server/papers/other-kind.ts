import type { PaperKind, ReadingOptions } from '../../shared/imports/papers.ts';
import type { Tables } from './cells.ts';
import { findHeader } from './header.ts';
import {
  BALANCES_WORDS,
  GOODS_WORDS,
  type PaperWords,
  ROSTER_WORDS,
  RULES_WORDS,
  SCORE_LIST_WORDS,
  SCORE_TABLE_WORDS,
} from './header-patterns.ts';

const WORDS: readonly (readonly [PaperKind, PaperWords])[] = [
  ['roster', ROSTER_WORDS],
  ['balances', BALANCES_WORDS],
  ['rules', RULES_WORDS],
  ['goods', GOODS_WORDS],
  ['scores', SCORE_LIST_WORDS],
  ['scores', SCORE_TABLE_WORDS],
];
/** The kind of paper that these words are of. */
const KIND_OF = new Map(WORDS.map(([kind, words]) => [words, kind] as const));
/** More than one column that only the other kind of paper has. */
const CLEARLY = 5;

/** The kind of paper whose headers these clearly are, if it is not the one that is read. */
export function otherKindOf(
  { sheets }: Tables,
  words: PaperWords,
  { columns, headerRow }: ReadingOptions,
): PaperKind | null {
  // A person has said what is what.
  if (columns !== undefined || headerRow !== undefined) return null;
  const visible = sheets.filter(({ hidden }) => !hidden);
  const fitOf = (some: PaperWords) =>
    Math.max(0, ...visible.map((table) => findHeader(table, some)?.score ?? 0));
  const own = fitOf(words);
  const others = WORDS.filter(([kind]) => kind !== KIND_OF.get(words))
    .map(([kind, some]) => ({ kind, fit: fitOf(some) }))
    .sort((one, other) => other.fit - one.fit);
  const [best] = others;
  return best && best.fit >= own + CLEARLY ? best.kind : null;
}

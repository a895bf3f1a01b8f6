import type { PaperKind, PaperReading, ReadingOptions } from '../../shared/imports/papers.ts';
import { understandBalances } from './balances.ts';
import type { Tables } from './cells.ts';
import { understandGoods } from './goods.ts';
import { understandRoster } from './roster.ts';
import { understandRules } from './rules.ts';
import { understandScores } from './scores.ts';
import { readTables } from './tables.ts';

export interface Paper {
  readonly bytes: Uint8Array;
  readonly filename: string;
  /** Corrections by hand. */
  readonly options?: ReadingOptions | undefined;
}

/**
 * Reads a paper in this thread. It takes as long as the file makes it, and for ever on some damaged ones, so files
 * from outside are read by a `paperReader`.
 */
export function readPaper(kind: PaperKind, { bytes, filename, options }: Paper): PaperReading {
  return UNDERSTAND[kind](readTables(bytes, filename), options);
}

const UNDERSTAND: Record<PaperKind, (tables: Tables, options?: ReadingOptions) => PaperReading> = {
  roster: understandRoster,
  balances: understandBalances,
  rules: understandRules,
  goods: understandGoods,
  scores: understandScores,
};

/**
 * Reading a village's own papers: bytes in, understanding out. Nothing here touches the database; what is
 * understood is described in shared/contract/papers.ts.
 */
import type { PaperKind, PaperReading } from '../../shared/contract/papers.ts';
import { understandBalances } from './balances.ts';
import type { Tables } from './cells.ts';
import { understandGoods } from './goods.ts';
import type { UnderstandOptions } from './reading.ts';
import { understandRoster } from './roster.ts';
import { understandRules } from './rules.ts';

export { type Tables } from './cells.ts';
export { previewOf, type UnderstandOptions } from './reading.ts';
export { rosterSummary } from './roster.ts';
export { readTables } from './tables.ts';
export { numberKey } from './text.ts';
export { understandBalances, understandGoods, understandRoster, understandRules };

const UNDERSTAND: Record<PaperKind, (tables: Tables, options?: UnderstandOptions) => PaperReading> = {
  roster: understandRoster,
  balances: understandBalances,
  rules: understandRules,
  goods: understandGoods,
};

export function understand(kind: PaperKind, tables: Tables, options: UnderstandOptions = {}): PaperReading {
  return UNDERSTAND[kind](tables, options);
}

/**
 * Reads a village's own papers from bytes. It does not touch the database. shared/imports/papers.ts describes the
 * result.
 */
export { understandBalances } from './balances.ts';
export type { Tables } from './cells.ts';
export { understandGoods } from './goods.ts';
export { type PaperReader, paperReader } from './paper-thread.ts';
export { type Paper, readPaper } from './read-paper.ts';
export { previewOf } from './reading.ts';
export { understandRoster } from './roster.ts';
export { understandRules } from './rules.ts';
export { understandScores } from './scores.ts';
export { readTables } from './tables.ts';
export { headerWord, numberKey } from './text.ts';

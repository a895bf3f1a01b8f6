/** Imports a village's own papers: a reading is compared with the village, shown, and then written whole. */
export {
  importBalances,
  type Imported,
  type ImportOrder,
  importPaper,
  importRoster,
  type ImportSummary,
  type ImportTools,
  writePrepared,
} from './services.ts';

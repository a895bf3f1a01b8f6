/** From a village's own papers into its books: what was understood is compared, shown, and then written whole. */
export {
  importBalances,
  type Imported,
  type ImportOrder,
  importPaper,
  importRoster,
  type ImportSummary,
  type ImportTools,
  writeReading,
} from './services.ts';

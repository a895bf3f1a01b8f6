import type { Reader } from '../../db/store.ts';
import type { ExportFormat } from '../../shared/books/contract.ts';
import { exportBeancount } from './export-beancount.ts';
import { exportCsv } from './export-csv.ts';
import { exportHledger } from './export-hledger.ts';
import { exportJournal } from './export-journal.ts';
import type { ExportLabels } from './export-source.ts';

type Exporter = (reader: Reader, villageId: string, labels: ExportLabels) => AsyncIterable<string>;

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  csv: exportCsv,
  hledger: exportHledger,
  beancount: exportBeancount,
  journal: exportJournal,
};

/** A village's whole book as text, in pieces, from the reader's snapshot. Gives way to other work between pages. */
export function exportBook(
  reader: Reader,
  villageId: string,
  format: ExportFormat,
  labels: ExportLabels = {},
): AsyncIterable<string> {
  return EXPORTERS[format](reader, villageId, labels);
}

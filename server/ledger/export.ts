import type { Reader } from '../../db/store.ts';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';
import { exportAccounting } from './export-accounting.ts';
import { exportCsv } from './export-csv.ts';
import { beancount, hledger } from './export-dialects.ts';
import { exportedBook, exportedEntries, type ExportLabels } from './export-source.ts';
import { entryToLine, headerToLine } from './journal-format.ts';
import type { LedgerKinds } from './kind-registry.ts';

type Exporter = (
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  labels: ExportLabels,
) => AsyncIterable<string>;

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  csv: exportCsv,
  hledger: (...book) => exportAccounting(hledger, ...book),
  beancount: (...book) => exportAccounting(beancount, ...book),
  journal: exportJournal,
};

/**
 * Exports a village's whole book as text, in pieces, from the reader's snapshot. It gives way to other work
 * between pages.
 */
export function exportBook(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  format: ExportFormat,
  labels: ExportLabels = {},
): AsyncIterable<string> {
  return EXPORTERS[format](reader, kinds, villageId, labels);
}

/** Exports the book in the form that can be verified elsewhere or imported again (import-journal.ts). */
async function* exportJournal(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const { bookId, number, hash, accounts } = await exportedBook(reader, kinds, villageId, labels);
  yield headerToLine({
    bookId,
    head: { number, hash },
    village: labels.village ?? null,
    accounts: accounts.map(({ id }) => id),
  });
  for await (const page of exportedEntries(reader, villageId, 'number')) yield page.map(entryToLine).join('');
}

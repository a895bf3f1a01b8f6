import type { Reader } from '../../db/store.ts';
import { exportedBook, exportedEntries, type ExportLabels } from './export-source.ts';
import { entryToLine, headerToLine } from './journal-format.ts';

/** The book whole, to be verified elsewhere or imported again (import-journal.ts). */
export async function* exportJournal(
  reader: Reader,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const { bookId, number, hash, accounts } = await exportedBook(reader, villageId, labels);
  yield headerToLine({
    bookId,
    head: { number, hash },
    village: labels.village ?? null,
    accounts: accounts.map(({ id }) => id),
  });
  for await (const page of exportedEntries(reader, villageId, 'number')) yield page.map(entryToLine).join('');
}
